default['nginx']['server_tokens'] = 'off'
