-- name: 'databricks'
-- sqlglot: 'databricks'
-- package: 'databricks-sqlalchemy'
-- extra: 'databricks'
-- sample_address: 'databricks://token:word@host?http_path=path&catalog=crm&schema=public'
-- data_source_type: 'databricks_sql'
-- strict_address: True
-- timestamp_type: 'TIMESTAMPLTZ'
-- naive_type: 'TIMESTAMPNTZ'
-- literal_suffix: 'Z'
-- second_digits: 9
-- needs_seconds: True
-- name_folding: 'any'
-- map_sign: ' -> '
-- dot_all: '(?s)'
-- pattern_end: '(?![^a]|a)'
-- dollar_brace: '\\u0024{'
-- shares_subexpressions: True
-- keeps_dictionaries: False
-- prefilter: 'endings'
-- text: VARCHAR, STRING, CHAR, varchar(20)
-- true or false: BOOLEAN
-- a number: TINYINT, SMALLINT, INT, BIGINT
-- a decimal number: DECIMAL(18,4), decimal
-- a floating-point number: FLOAT, DOUBLE
-- a date: DATE
-- a time without zone: timestamp_ntz
-- a time with zone: TIMESTAMP, timestamp(3)
-- bytes: 
-- of a type that is written as text: 
-- without a type: 
-- a UUID: 
-- nothing
FALSE
-- everything
TRUE
-- and
LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END) IN ('1', '1.0', 'true') AND LOWER(CASE WHEN `other` BETWEEN '!' AND '~' AND SUBSTRING(`other`, -1) BETWEEN '!' AND '~' THEN `other` ELSE TRIM('{white space}' FROM `other`) END) IN ('2.5', 'a', 'ab')
-- or
LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END) IN ('1', '1.0', 'true') OR LOWER(CASE WHEN `other` BETWEEN '!' AND '~' AND SUBSTRING(`other`, -1) BETWEEN '!' AND '~' THEN `other` ELSE TRIM('{white space}' FROM `other`) END) IN ('2.5', 'a', 'ab')
-- not
NOT COALESCE(LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END) IN ('1', '1.0', 'true'), FALSE)
-- not and
NOT (COALESCE(LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END) IN ('1', '1.0', 'true'), FALSE) AND COALESCE(LOWER(CASE WHEN `other` BETWEEN '!' AND '~' AND SUBSTRING(`other`, -1) BETWEEN '!' AND '~' THEN `other` ELSE TRIM('{white space}' FROM `other`) END) IN ('2.5', 'a', 'ab'), FALSE))
-- not or
NOT (COALESCE(LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END) IN ('1', '1.0', 'true'), FALSE) OR COALESCE(LOWER(CASE WHEN `other` BETWEEN '!' AND '~' AND SUBSTRING(`other`, -1) BETWEEN '!' AND '~' THEN `other` ELSE TRIM('{white space}' FROM `other`) END) IN ('2.5', 'a', 'ab'), FALSE))
-- and of or
(LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space…314 438d0aa2…RING(`other`, -1) BETWEEN '!' AND '~' THEN `other` ELSE TRIM('{white space}' FROM `other`) END) IN ('2.5', 'a', 'ab'), FALSE)
-- or of and
(LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space…484 5f717dad…ND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END) IN ('1', '1.0', 'true'))
-- not not
COALESCE(LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END) IN ('1', '1.0', 'true'), FALSE)
-- odd name
LOWER(CASE WHEN `odd "name` BETWEEN '!' AND '~' AND SUBSTRING(`odd "name`, -1) BETWEEN '!' AND '~' THEN `odd "name` ELSE TRIM('{white space}' FROM `odd "name`) END) = 'x'
-- blank text
CASE WHEN `text` IS NULL THEN TRUE WHEN `text` BETWEEN '!' AND '~' THEN FALSE ELSE CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END = '' END
-- blank boolean
`flag` IS NULL
-- blank number
`count` IS NULL
-- blank float
(`share` IS NULL OR ISNAN(`share`))
-- blank time
`zoned` IS NULL
-- given text
NOT CASE WHEN `text` IS NULL THEN TRUE WHEN `text` BETWEEN '!' AND '~' THEN FALSE ELSE CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END = '' END
-- given float
NOT (`share` IS NULL OR ISNAN(`share`))
-- among one text
LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END) = 'ab'
-- among texts
LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END) IN ('1', '1.0', 'it\'s \\ %s', 'nottrue', 'true')
-- among texts with a variable
LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END) = '\u0024{x}'
-- not among texts
NOT COALESCE(LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END) IN ('1', '1.0', 'nottrue', 'true'), FALSE)
-- among booleans
`flag` = TRUE
-- not among booleans
NOT COALESCE(`flag` = FALSE, FALSE)
-- among numbers
`count` IN (-3, 1, 7)
-- not among numbers
NOT COALESCE(`count` = 1, FALSE)
-- among decimals
`amount` IN (2.5, 7)
-- among floats
`share` IN (2.5, 7)
-- not among floats
NOT COALESCE(`share` = 2.5, FALSE)
-- among dates, no time
FALSE
-- among dates
LOWER(TRIM('{white space}' FROM CAST(`day` AS STRING))) = '2026-11-22'
-- matches
CASE WHEN REGEXP_LIKE(`text`, '^[ \t\r\n\013\014\034…125 3a5d84d2…-⁯⠀ㅤ︀-️﻿ﾠ]*(?![^a]|a)') THEN REGEXP_LIKE(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END, '^((tr?ue)|([a-z]+true))(?![^a]|a)') ELSE FALSE END
-- not matches
NOT COALESCE(REGEXP_LIKE(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END, '^((ab)|([0-9]+))(?![^a]|a)'), FALSE)
-- matches with a dot
CASE WHEN REGEXP_LIKE(`text`, '(?s)^[ \t\r\n\013\014…116 9cefdb84…-⁯⠀ㅤ︀-️﻿ﾠ]*(?![^a]|a)') THEN REGEXP_LIKE(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END, '(?s)^(a.b)(?![^a]|a)') ELSE FALSE END
-- matches mail
CASE WHEN REGEXP_LIKE(`text`, '^[ \t\r\n\013\014\034…130 883b8f43…-⁯⠀ㅤ︀-️﻿ﾠ]*(?![^a]|a)') THEN REGEXP_LIKE(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END, '^([^@]+@[A-Za-z]+[.]COM)(?![^a]|a)') ELSE FALSE END
-- matches in any case
CASE WHEN REGEXP_LIKE(`text`, '(?s)(?iu)^[ \t\r\n\01…153 d388fd9e…-⁯⠀ㅤ︀-️﻿ﾠ]*(?![^a]|a)') THEN REGEXP_LIKE(TRIM('{white space}' FROM LOWER(TRIM('{white space}' FROM `text`))), '(?s)^([a-z.]+@(.*[.])?example[.](com|net))(?![^a]|a)') ELSE FALSE END
-- matches normalised mail
CASE WHEN REGEXP_LIKE(`text`, '(?s)(?iu)^[ \t\r\n\01…153 d388fd9e…-⁯⠀ㅤ︀-️﻿ﾠ]*(?![^a]|a)') THEN REGEXP_LIKE(NULLIF(CASE WHEN L…429 b9bd6e0c… ELSE TRIM('{white space}' FROM `text`) END) END, ''), '(?s)^([a-z.]+@(.*[.])?example[.](com|net))(?![^a]|a)') ELSE FALSE END
-- matches digits
REGEXP_LIKE(NULLIF(REGEXP_REPLACE(`text`, '[^0-9]', ''), ''), '(?s)^(42+.*)(?![^a]|a)')
-- matches a number
REGEXP_LIKE(TRIM('{white space}' FROM CAST(`count` AS STRING)), '^(-?[0-9])(?![^a]|a)')
-- matches a float
REGEXP_LIKE(TRIM('{white space}' FROM CASE WHEN ISNAN(`share`) THEN NULL WHEN ABS(`share`) < 1e18 AND `share` = FLOOR(`share`) THEN CAST(CAST(`share` AS BIGINT) AS STRING) ELSE CASE WHEN REGEXP_LIKE(CAST(`share` AS STRING), '^-?[0-9]+[.][0-9]*(?![^a]|a)') THEN REGEXP_REPLACE(CAST(`share` AS STRING), '([.]|[.]?0+)(?![^a]|a)', '') ELSE CAST(`share` AS STRING) END END), '^([0-9.]+)(?![^a]|a)')
-- matches a decimal
REGEXP_LIKE(TRIM('{white space}' FROM CASE WHEN ABS(`amount`) < 1e18 AND `amount` = FLOOR(`amount`) THEN CAST(CAST(`amount` AS BIGINT) AS STRING) ELSE CASE WHEN REGEXP_LIKE(CAST(`amount` AS STRING), '^-?[0-9]+[.][0-9]*(?![^a]|a)') THEN REGEXP_REPLACE(CAST(`amount` AS STRING), '([.]|[.]?0+)(?![^a]|a)', '') ELSE CAST(`amount` AS STRING) END END), '^([0-9])(?![^a]|a)')
-- matches a date
REGEXP_LIKE(TRIM('{white space}' FROM CAST(`day` AS STRING)), '(?s)^(2026-11-2.)(?![^a]|a)')
-- matches a boolean
REGEXP_LIKE(TRIM('{white space}' FROM CAST(`flag` AS STRING)), '(?s)^(t.*)(?![^a]|a)')
-- equal texts
LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END) = LOWER(CASE WHEN `other` BETWEEN '!' AND '~' AND SUBSTRING(`other`, -1) BETWEEN '!' AND '~' THEN `other` ELSE TRIM('{white space}' FROM `other`) END)
-- not equal texts
NOT COALESCE(LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END) = LOWER(CASE WHEN `other` BETWEEN '!' AND '~' AND SUBSTRING(`other`, -1) BETWEEN '!' AND '~' THEN `other` ELSE TRIM('{white space}' FROM `other`) END), FALSE)
-- more than
`count` > 0
-- not more than
NOT COALESCE(`count` > 0, FALSE)
-- number
CAST(`count` AS DOUBLE) > 1
-- number of decimal
CAST(`amount` AS DOUBLE) > 2
-- number of float
CASE WHEN ISNAN(`share`) THEN NULL ELSE CAST(`share` AS DOUBLE) END > 2
-- normalised exact
NULLIF(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END, '') = 'True'
-- normalised text
NULLIF(LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END), '') = 'true'
-- normalised email
NULLIF(CASE WHEN LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TR…275 1347be63…ING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END) END, '') = 'jo.smith@example.com'
-- normalised name
NULLIF(CASE WHEN OCTET_LENGTH(`text`) = LENGTH(`text`) THEN LOWER(TRANSLATE(`text`, ' \t\r\n.,;:\'`"()/-_', '')) ELSE TRANSLA…4306 2d734994…êëìíîïñòóôõö…265 0b7a8a57…'’‘`´"()/-‐‑–—_·ʻʼ・、。', 'aaaaaaceeeeiiiinooooo…207 31634b67…oooooooooouuuuuuuyyyy') END, '') = 'ab'
-- normalised letters
NULLIF(LOWER(REPLACE(REPLACE(REPLACE(REPLACE(`other`, ' ', ''), '\'', ''), '-', ''), '.', '')), '') = 'annemarieoneill'
-- normalised postcode
NULLIF(LOWER(TRANSLATE(`text`, ' \t\r\n⍽-', '')), '') = 'sw1a1aa'
-- normalised digits
NULLIF(REGEXP_REPLACE(`text`, '[^0-9]', ''), '') = '424242424242'
-- normalised phone
CASE WHEN LENGTH(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(CASE WHEN `text` BETWEEN '!' AND '~' AND …366 dc197266… space}' FROM `text`) END), '(?s)(ext|x|#|;).*(?![^a]|a)', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+') END = '+442079460018'
-- normalised British phone
CASE WHEN LENGTH(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(CASE WHEN `text` BETWEEN '…424 9fd4771e…`text`) END), '(?s)(ext|x|#|;).*(?![^a]|a)', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '^0', '+44') END = '+442079460018'
-- normalised American phone
CASE WHEN LENGTH(REPLACE(CASE WHEN REGEXP_LIKE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(CASE WHEN `other` B…2869 4592373b…ce}' FROM `other`) END), '(?s)(ext|x|#|;).*(?![^a]|a)', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+') END END = '+12125550187'
-- normalised number
NULLIF(LOWER(TRIM('{white space}' FROM CAST(`count` AS STRING))), '') = '7'
-- normalised nothing
NULLIF(CASE WHEN `other` BETWEEN '!' AND '~' AND SUBSTRING(`other`, -1) BETWEEN '!' AND '~' THEN `other` ELSE TRIM('{white space}' FROM `other`) END, '') = NULLIF(CASE WHEN `other` BETWEEN '!' AND '~' AND SUBSTRING(`other`, -1) BETWEEN '!' AND '~' THEN `other` ELSE TRIM('{white space}' FROM `other`) END, '')
-- key
`other` || '\037' || NULLIF(LOWER(TRIM('{white space}' FROM CAST(`count` AS STRING))), '') = 'true\037-3'
-- record key of text
CASE WHEN (`text` BETWEEN '0' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '0' AND '~') AND OCTET_LENGTH(`text`) < 18 AND (OCTET…2907 e2d0bcfd… 63e132e9…a-f]{12}[}](?![^a]|a)')) THEN REPLACE(LOWER(SUBSTRING(synth_v, 2, 36)), '-', '') ELSE synth_v END), 1) END = 'True'
-- record key of a number
CAST(`count` AS STRING) = '7'
-- joined
`other` || NULLIF(LOWER(TRIM('{white space}' FROM CAST(`count` AS STRING))), '') = 'true-3'
-- ranked text
SHA2('7|' || (CASE WHEN REGEXP_LIKE(CASE WHEN (`other` BETWEEN '0' AND '~' AND SUBSTRING(`other`, -1) BETWEEN '0' AND '~') AN…9646 72ce173a…, 2, 36)), '-', '') ELSE synth_v END), 1) END END), 256) = '0a92298b7c1fc32469068c2a5554d990f239142ee6ea3baf7f9a006b8b77a45b'
-- ranked number
SHA2('7|' || (CAST(`count` AS STRING)), 256) = '166d3b216fb3452075d5a6905b9e25ecac5d4ae1dcebe1b96c33f4bcc143100a'
-- letter
SUBSTRING(`other`, 2, 1) = 'b'
-- guarded
CASE WHEN LOWER(CASE WHEN `other` BETWEEN '!' AND '~' AND SUBSTRING(`other`, -1) BETWEEN '!' AND '~' THEN `other` ELSE TRIM('{white space}' FROM `other`) END) IN ('2.5', 'a', 'ab') THEN `other` END = 'ab'
-- remainder
CASE WHEN SUBSTRING(`text`, 1, LENGTH(`other`)) = `other` THEN SUBSTRING(`text`, LENGTH(`other`) + 1) END = '\n'
-- hashed
MD5('7:' || `other`) = '746356bc9fcf8e75fab17e5be55a834d'
-- readable
NOT CAST(CAST(`naive` AS STRING) || 'Z' AS TIMESTAMP_LTZ) IS NULL
-- unreadable
NOT CASE WHEN `time` IS NULL THEN TRUE WHEN `time` BETWEEN '!' AND '~' THEN FALSE ELSE CASE WHEN `time` BETWEEN '!' AND '~' A…740 06f2d8ef…GEXP_LIKE(`time`, '(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)(?![^a]|a)') THEN '' ELSE 'Z' END END AS TIMESTAMP_LTZ) END IS NULL)
-- as of
`zoned` < CAST('2026-11-22 12:00:00Z' AS TIMESTAMP_LTZ)
-- as of, later
CAST('2026-11-21 12:00:00Z' AS TIMESTAMP_LTZ) < CAST(CAST(`naive` AS STRING) || 'Z' AS TIMESTAMP_LTZ)
-- as of, earlier
`zoned` < CAST('2026-08-24 12:00:00Z' AS TIMESTAMP_LTZ)
-- instant
`zoned` < CAST('2026-05-31 11:59:59.500001Z' AS TIMESTAMP_LTZ)
-- later by months
TIMESTAMP_MICROS((UNIX_DATE(ADD_MONTHS(DATE_FROM_UNIX_DATE(CAST(ROUND((UNIX_MICROS(CAST(CAST(`day` AS STRING) || ' 00:00:00Z' AS TIMESTAMP_LTZ)) - PMOD(UNIX_MICROS(CAST(CAST(`day` AS STRING) || ' 00:00:00Z' AS TIMESTAMP_LTZ)), 86400000000)) / 86400000000) AS INT)), 3)) * 86400000000) + PMOD(UNIX_MICROS(CAST(CAST(`day` AS STRING) || ' 00:00:00Z' AS TIMESTAMP_LTZ)), 86400000000) + 0) < CAST('2026-11-22 12:00:00Z' AS TIMESTAMP_LTZ)
-- later by days
CAST('2026-11-22 12:00:00Z' AS TIMESTAMP_LTZ) < TIMESTAMP_MICROS((UNIX_DATE(ADD_MONTHS(DATE_FROM_UNIX_DATE(CAST(ROUND((UNIX_MICROS(CAST(CAST(`naive` AS STRING) || 'Z' AS TIMESTAMP_LTZ)) - PMOD(UNIX_MICROS(CAST(CAST(`naive` AS STRING) || 'Z' AS TIMESTAMP_LTZ)), 86400000000)) / 86400000000) AS INT)), 0)) * 86400000000) + PMOD(UNIX_MICROS(CAST(CAST(`naive` AS STRING) || 'Z' AS TIMESTAMP_LTZ)), 86400000000) + 7776000000000)
-- later by both
TIMESTAMP_MICROS((UNIX_DATE(ADD_MONTHS(DATE_FROM_UNIX_DATE(CAST(ROUND((UNIX_MICROS(`zoned`) - PMOD(UNIX_MICROS(`zoned`), 86400000000)) / 86400000000) AS INT)), 14)) * 86400000000) + PMOD(UNIX_MICROS(`zoned`), 86400000000) + 273906000000) < CAST('2028-11-22 12:00:00Z' AS TIMESTAMP_LTZ)
-- second
CAST(UNIX_SECONDS(`zoned`) AS STRING) = CAST(UNIX_SECONDS(CAST(CAST(`naive` AS STRING) || 'Z' AS TIMESTAMP_LTZ)) AS STRING)
-- not before
NOT COALESCE(CAST(CAST(`naive` AS STRING) || 'Z' AS TIMESTAMP_LTZ) < CAST('2026-11-22 12:00:00Z' AS TIMESTAMP_LTZ), FALSE)
-- before, text
CASE WHEN REGEXP_LIKE(`time`, '^(((000[1-9]|00[1-9][…648 06995a40…][0-9])?)?)(?![^a]|a)') THEN CAST(CASE WHEN LENGTH(`time`) …540 59c94e3b…])(:?[0-5][0-9])?)(?![^a]|a)') THEN '' ELSE 'Z' END END AS TIMESTAMP_LTZ) END < CAST('2026-11-22 12:00:00Z' AS TIMESTAMP_LTZ)
-- day of text
CAST(FLOOR(UNIX_SECONDS(CASE WHEN REGEXP_LIKE(`time`, '^(((000[1-9]|00[1-9][…648 06995a40…][0-9])?)?)(?![^a]|a)') THEN CAST(C…645 4b6f1415…86400) AS STRING) = CAST(FLOOR(UNIX_SECONDS(CAST(CAST(`day` AS STRING) || ' 00:00:00Z' AS TIMESTAMP_LTZ)) / 86400) AS STRING)
-- before, date
CAST(CAST(`day` AS STRING) || ' 00:00:00Z' AS TIMESTAMP_LTZ) < CAST('2026-11-22 12:00:00Z' AS TIMESTAMP_LTZ)
-- day of date
CAST(FLOOR(UNIX_SECONDS(CAST(CAST(`day` AS STRING) || ' 00:00:00Z' AS TIMESTAMP_LTZ)) / 86400) AS STRING) = CAST(FLOOR(UNIX_SECONDS(CAST(CAST(`day` AS STRING) || ' 00:00:00Z' AS TIMESTAMP_LTZ)) / 86400) AS STRING)
-- before, naive
CAST(CAST(`naive` AS STRING) || 'Z' AS TIMESTAMP_LTZ) < CAST('2026-11-22 12:00:00Z' AS TIMESTAMP_LTZ)
-- day of naive
CAST(FLOOR(UNIX_SECONDS(CAST(CAST(`naive` AS STRING) || 'Z' AS TIMESTAMP_LTZ)) / 86400) AS STRING) = CAST(FLOOR(UNIX_SECONDS(CAST(CAST(`day` AS STRING) || ' 00:00:00Z' AS TIMESTAMP_LTZ)) / 86400) AS STRING)
-- before, zoned
`zoned` < CAST('2026-11-22 12:00:00Z' AS TIMESTAMP_LTZ)
-- day of zoned
CAST(FLOOR(UNIX_SECONDS(`zoned`) / 86400) AS STRING) = CAST(FLOOR(UNIX_SECONDS(CAST(CAST(`day` AS STRING) || ' 00:00:00Z' AS TIMESTAMP_LTZ)) / 86400) AS STRING)
-- distinct values are known
`text` IN (' True ', '1')
-- distinct values are known, not
NOT COALESCE(`text` IN (' True ', '1'), FALSE)
-- distinct values are known, blank
(`text` IS NULL OR `text` IN ('', '\t'))
-- computed before
m0
-- computed before, not
NOT COALESCE(m0, FALSE)
-- computed before, blank
(`text` IS NULL OR m1 = '')
-- computed before, of another value
LOWER(CASE WHEN `other` BETWEEN '!' AND '~' AND SUBSTRING(`other`, -1) BETWEEN '!' AND '~' THEN `other` ELSE TRIM('{white space}' FROM `other`) END) IN ('1', '1.0', 'true')
-- values repeat, blank
CASE WHEN `text` IS NULL THEN TRUE WHEN `text` BETWEEN '!' AND '~' THEN FALSE ELSE CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END = '' END
