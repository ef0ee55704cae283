echo "FOO=${FOO-unset} BAZ=${BAZ-unset}"
echo "packed by ${FIX_HOOK_NAME}" > /kitchen/packed
