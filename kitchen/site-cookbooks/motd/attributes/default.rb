default['motd']['text'] = 'This machine is configured by fix.'
