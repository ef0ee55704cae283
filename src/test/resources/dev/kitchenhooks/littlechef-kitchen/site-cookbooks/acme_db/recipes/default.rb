include_recipe 'acme_base'
log 'acme_db::default'
