include_recipe 'acme_base'
log 'acme_app::default'
