include_recipe 'apt'
log 'nginx::default'
