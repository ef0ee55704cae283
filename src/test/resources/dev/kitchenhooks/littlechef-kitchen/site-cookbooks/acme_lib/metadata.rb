name 'acme_lib'
maintainer 'Acme'
description 'Helpers, no recipes'
version '0.1.0'
