log 'acme_nginx::status'
