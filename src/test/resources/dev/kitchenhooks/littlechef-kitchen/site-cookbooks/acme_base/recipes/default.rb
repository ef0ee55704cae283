include_recipe 'ntp'
log 'acme_base::default'
