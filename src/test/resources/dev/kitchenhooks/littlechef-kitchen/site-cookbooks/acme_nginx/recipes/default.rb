include_recipe 'nginx'
include_recipe 'acme_base'
log 'acme_nginx::default'
