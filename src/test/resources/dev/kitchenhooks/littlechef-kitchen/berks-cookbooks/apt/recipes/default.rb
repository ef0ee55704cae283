log 'apt::default'
