log 'nginx::status'
