file '/etc/motd' do
  content "#{node['motd']['text']}\n"
  mode '0644'
end
