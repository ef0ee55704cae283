log 'ntp::default'
