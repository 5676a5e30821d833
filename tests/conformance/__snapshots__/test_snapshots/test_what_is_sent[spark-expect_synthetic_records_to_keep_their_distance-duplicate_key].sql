-- rows that share a key are drawn each
LOWER(TRIM(' \t\r\n ' FROM `is_synthetic`)) IN ('1', '1.0', 'true')

NULLIF(TRIM(' \t\r\n ' FROM `id`), '')

CASE WHEN ISNAN(`spend`) THEN NULL ELSE CAST(`spend` AS DOUBLE) END

CAST(`visits` AS DOUBLE)

NULLIF(LOWER(TRIM(' \t\r\n ' FROM `segment`)), '')

MD5('0:' || NULLIF(TRIM(' \t\r\n ' FROM `id`), ''))

CASE WHEN ISNAN(`spend`) THEN NULL ELSE CAST(`spend` AS DOUBLE) END

CAST(`visits` AS DOUBLE)

MD5('0:' || NULLIF(LOWER(TRIM(' \t\r\n ' FROM `segment`)), ''))

TRUE

CASE WHEN ISNAN(`spend`) THEN NULL ELSE CAST(`spend` AS DOUBLE) END

CAST(`visits` AS DOUBLE)

NULLIF(LOWER(TRIM(' \t\r\n ' FROM `segment`)), '')

MD5('0:' || NULLIF(TRIM(' \t\r\n ' FROM `id`), ''))

CASE WHEN ISNAN(`spend`) THEN NULL ELSE CAST(`spend` AS DOUBLE) END

CAST(`visits` AS DOUBLE)

MD5('0:' || NULLIF(LOWER(TRIM(' \t\r\n ' FROM `segment`)), ''))

TRUE

CASE WHEN ISNAN(`spend`) THEN NULL ELSE CAST(`spend` AS DOUBLE) END

CAST(`visits` AS DOUBLE)

NULLIF(LOWER(TRIM(' \t\r\n ' FROM `segment`)), '')

MD5('0:' || NULLIF(TRIM(' \t\r\n ' FROM `id`), ''))

CASE WHEN ISNAN(`spend`) THEN NULL ELSE CAST(`spend` AS DOUBLE) END

CAST(`visits` AS DOUBLE)

MD5('0:' || NULLIF(LOWER(TRIM(' \t\r\n ' FROM `segment`)), ''))
