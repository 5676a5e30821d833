-- name: 'bigquery'
-- sqlglot: 'bigquery'
-- package: 'sqlalchemy-bigquery'
-- extra: 'bigquery'
-- sample_address: 'bigquery://project/crm'
-- doubles_percent: True
-- data_source_type: 'bigquery'
-- forbidden_in_names: '.'
-- timestamp_type: 'DATETIME'
-- naive_type: 'DATETIME'
-- needs_seconds: True
-- name_folding: 'any'
-- dot_all: '(?s)'
-- shares_subexpressions: True
-- text: STRING
-- true or false: BOOLEAN, BOOL
-- a number: INTEGER, INT64
-- a decimal number: NUMERIC, BIGNUMERIC
-- a floating-point number: FLOAT, FLOAT64
-- a date: DATE
-- a time without zone: DATETIME
-- a time with zone: TIMESTAMP, timestamp(3)
-- bytes: BYTES
-- of a type that is written as text: 
-- without a type: 
-- a UUID: 
-- nothing
FALSE
-- everything
TRUE
-- and
NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) IN ('1', '1.0', 'true') AND NORMALIZE(LOWER(TRIM(`other`, '{white space}')), NFC) IN ('2.5', 'a', 'ab')
-- or
NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) IN ('1', '1.0', 'true') OR NORMALIZE(LOWER(TRIM(`other`, '{white space}')), NFC) IN ('2.5', 'a', 'ab')
-- not
NOT COALESCE(NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) IN ('1', '1.0', 'true'), FALSE)
-- not and
NOT (COALESCE(NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) IN ('1', '1.0', 'true'), FALSE) AND COALESCE(NORMALIZE(LOWER(TRIM(`other`, '{white space}')), NFC) IN ('2.5', 'a', 'ab'), FALSE))
-- not or
NOT (COALESCE(NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) IN ('1', '1.0', 'true'), FALSE) OR COALESCE(NORMALIZE(LOWER(TRIM(`other`, '{white space}')), NFC) IN ('2.5', 'a', 'ab'), FALSE))
-- and of or
(NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) IN ('1', '1.0', 'true') OR NORMALIZE(LOWER(TRIM(`other`, '{white space}')), NFC) IN ('2.5', 'a', 'ab')) AND NOT `count` IS NULL AND NOT COALESCE(NORMALIZE(LOWER(TRIM(`other`, '{white space}')), NFC) IN ('2.5', 'a', 'ab'), FALSE)
-- or of and
(NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) IN ('1', '1.0', 'true') AND NORMALIZE(LOWER(TRIM(`other`, '{white space}')), NFC) IN ('2.5', 'a', 'ab')) OR `count` IS NULL OR (NOT COALESCE(NORMALIZE(LOWER(TRIM(`other`, '{white space}')), NFC) IN ('2.5', 'a', 'ab'), FALSE) AND NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) IN ('1', '1.0', 'true'))
-- not not
COALESCE(NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) IN ('1', '1.0', 'true'), FALSE)
-- odd name
NORMALIZE(LOWER(TRIM(`odd "name`, '{white space}')), NFC) = 'x'
-- blank text
(`text` IS NULL OR TRIM(`text`, '{white space}') = '')
-- blank boolean
`flag` IS NULL
-- blank number
`count` IS NULL
-- blank float
(`share` IS NULL OR IS_NAN(`share`))
-- blank time
`zoned` IS NULL
-- given text
NOT (`text` IS NULL OR TRIM(`text`, '{white space}') = '')
-- given float
NOT (`share` IS NULL OR IS_NAN(`share`))
-- among one text
NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) = 'ab'
-- among texts
NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) IN ('1', '1.0', 'it\'s \\ %s', 'nottrue', 'true')
-- among texts with a variable
NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) = '${x}'
-- not among texts
NOT COALESCE(NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) IN ('1', '1.0', 'nottrue', 'true'), FALSE)
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
LOWER(TRIM(CAST(`day` AS STRING), '{white space}')) = '2026-11-22'
-- matches
REGEXP_CONTAINS(TRIM(`text`, '{white space}'), '^((tr?ue)|([a-z]+true))$')
-- not matches
NOT COALESCE(REGEXP_CONTAINS(TRIM(`text`, '{white space}'), '^((ab)|([0-9]+))$'), FALSE)
-- matches with a dot
REGEXP_CONTAINS(TRIM(`text`, '{white space}'), '(?s)^(a.b)$')
-- matches mail
REGEXP_CONTAINS(TRIM(`text`, '{white space}'), '^([^@]+@[A-Za-z]+[.]COM)$')
-- matches in any case
REGEXP_CONTAINS(TRIM(NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC), '{white space}'), '(?s)^([a-z.]+@(.*[.])?example[.](com|net))$')
-- matches normalised mail
REGEXP_CONTAINS(NULLIF(CASE WHEN NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) LIKE 'mailto:%' THEN SUBSTRING(NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC), 8) ELSE NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) END, ''), '(?s)^([a-z.]+@(.*[.])?example[.](com|net))$')
-- matches digits
REGEXP_CONTAINS(NULLIF(REGEXP_REPLACE(`text`, '[^0-9]', ''), ''), '(?s)^(42+.*)$')
-- matches a number
REGEXP_CONTAINS(TRIM(CAST(`count` AS STRING), '{white space}'), '^(-?[0-9])$')
-- matches a float
REGEXP_CONTAINS(TRIM(CASE WHEN IS_NAN(`share`) THEN NULL WHEN ABS(`share`) < 1e18 AND `share` = FLOOR(`share`) THEN CAST(CAST(`share` AS INT64) AS STRING) ELSE CASE WHEN REGEXP_CONTAINS(CAST(`share` AS STRING), '^-?[0-9]+[.][0-9]*$') THEN REGEXP_REPLACE(CAST(`share` AS STRING), '([.]|[.]?0+)$', '') ELSE CAST(`share` AS STRING) END END, '{white space}'), '^([0-9.]+)$')
-- matches a decimal
REGEXP_CONTAINS(TRIM(CASE WHEN ABS(`amount`) < 1e18 AND `amount` = FLOOR(`amount`) THEN CAST(CAST(`amount` AS INT64) AS STRING) ELSE CASE WHEN REGEXP_CONTAINS(CAST(`amount` AS STRING), '^-?[0-9]+[.][0-9]*$') THEN REGEXP_REPLACE(CAST(`amount` AS STRING), '([.]|[.]?0+)$', '') ELSE CAST(`amount` AS STRING) END END, '{white space}'), '^([0-9])$')
-- matches a date
REGEXP_CONTAINS(TRIM(CAST(`day` AS STRING), '{white space}'), '(?s)^(2026-11-2.)$')
-- matches a boolean
REGEXP_CONTAINS(TRIM(CAST(`flag` AS STRING), '{white space}'), '(?s)^(t.*)$')
-- equal texts
NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) = NORMALIZE(LOWER(TRIM(`other`, '{white space}')), NFC)
-- not equal texts
NOT COALESCE(NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) = NORMALIZE(LOWER(TRIM(`other`, '{white space}')), NFC), FALSE)
-- more than
`count` > 0
-- not more than
NOT COALESCE(`count` > 0, FALSE)
-- number
CAST(`count` AS FLOAT64) > 1
-- number of decimal
CAST(`amount` AS FLOAT64) > 2
-- number of float
CASE WHEN IS_NAN(`share`) THEN NULL ELSE CAST(`share` AS FLOAT64) END > 2
-- normalised exact
NULLIF(TRIM(`text`, '{white space}'), '') = 'True'
-- normalised text
NULLIF(NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC), '') = 'true'
-- normalised email
NULLIF(CASE WHEN NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) LIKE 'mailto:%' THEN SUBSTRING(NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC), 8) ELSE NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC) END, '') = 'jo.smith@example.com'
-- normalised name
NULLIF(CASE WHEN BYTE_LENGTH(`text`) = LENGTH(`text`) THEN LOWER(TRANSLATE(`text`, ' \t\r\n.,;:\'`"()/-_', '')) ELSE TRANSLAT…2092 a7681494…êëìíîïñòóôõö…265 0b7a8a57…'’‘`´"()/-‐‑–—_·ʻʼ・、。', 'aaaaaaceeeeiiiinooooo…207 31634b67…oooooooooouuuuuuuyyyy') END, '') = 'ab'
-- normalised letters
NULLIF(LOWER(REPLACE(REPLACE(REPLACE(REPLACE(`other`, ' ', ''), '\'', ''), '-', ''), '.', '')), '') = 'annemarieoneill'
-- normalised postcode
NULLIF(LOWER(TRANSLATE(`text`, ' \t\r\n⍽-', '')), '') = 'sw1a1aa'
-- normalised digits
NULLIF(REGEXP_REPLACE(`text`, '[^0-9]', ''), '') = '424242424242'
-- normalised phone
CASE WHEN LENGTH(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC), '(?s)(ext|x|#|;).*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '+', '')) > 6 THEN REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC), '(?s)(ext|x|#|;).*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+') END = '+442079460018'
-- normalised British phone
CASE WHEN LENGTH(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC), '(?s)(ext|x|#|;).*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '^0', '+44'), '+', '')) > 6 THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(NORMALIZE(LOWER(TRIM(`text`, '{white space}')), NFC), '(?s)(ext|x|#|;).*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '^0', '+44') END = '+442079460018'
-- normalised American phone
CASE WHEN LENGTH(REPLACE(CASE WHEN REGEXP_CONTAINS(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(NORMALIZE(LOWER(TRIM(…1809 0c7bc247…`other`, '{white space}')), NFC), '(?s)(ext|x|#|;).*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+') END END = '+12125550187'
-- normalised number
NULLIF(LOWER(TRIM(CAST(`count` AS STRING), '{white space}')), '') = '7'
-- normalised nothing
NULLIF(TRIM(`other`, '{white space}'), '') = NULLIF(TRIM(`other`, '{white space}'), '')
-- key
`other` || '\x1f' || NULLIF(LOWER(TRIM(CAST(`count` AS STRING), '{white space}')), '') = 'true\x1f-3'
-- record key of text
CASE WHEN BYTE_LENGTH(TRIM(`text`, '{white space}')) <= 13 AND INSTR('||-|--|---|.|?|n/a|n.…107 99286989…vailable|unspecified…1687 14728b05…THEN REPLACE(LOWER(SUBSTRING(TRIM(`text`, '{white space}'), 2, 36)), '-', '') ELSE TRIM(`text`, '{white space}') END = 'True'
-- record key of a number
CAST(`count` AS STRING) = '7'
-- joined
`other` || NULLIF(LOWER(TRIM(CAST(`count` AS STRING), '{white space}')), '') = 'true-3'
-- ranked text
TO_HEX(SHA256('7|' || (NORMALIZE(CASE WHEN BYTE_LENGTH(TRIM(`other`, '{white space}')) <= 13 AND INSTR('||-|--|---|.|?|n/a|n.…1815 c3facf32…-', '') ELSE TRIM(`other`, '{white space}') END, NFC)))) = '0a92298b7c1fc32469068c2a5554d990f239142ee6ea3baf7f9a006b8b77a45b'
-- ranked number
TO_HEX(SHA256('7|' || (CAST(`count` AS STRING)))) = '166d3b216fb3452075d5a6905b9e25ecac5d4ae1dcebe1b96c33f4bcc143100a'
-- letter
SUBSTRING(`other`, 2, 1) = 'b'
-- guarded
CASE WHEN NORMALIZE(LOWER(TRIM(`other`, '{white space}')), NFC) IN ('2.5', 'a', 'ab') THEN `other` END = 'ab'
-- remainder
CASE WHEN SUBSTRING(`text`, 1, LENGTH(`other`)) = `other` THEN SUBSTRING(`text`, LENGTH(`other`) + 1) END = '\n'
-- hashed
TO_HEX(MD5('7:' || `other`)) = '746356bc9fcf8e75fab17e5be55a834d'
-- readable
NOT `naive` IS NULL
-- unreadable
NOT (`time` IS NULL OR TRIM(`time`, '{white space}') = '') AND (CASE WHEN REGEXP_CONTAINS(`time`, '^(((000[1-9]|00[1-9][…639 …577 e21ef729…EGEXP_CONTAINS(`time`, '(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)$') THEN '' ELSE 'Z' END END AS TIMESTAMP), 'UTC') END IS NULL)
-- as of
DATETIME(`zoned`, 'UTC') < CAST('2026-11-22 12:00:00' AS DATETIME)
-- as of, later
CAST('2026-11-21 12:00:00' AS DATETIME) < `naive`
-- as of, earlier
DATETIME(`zoned`, 'UTC') < CAST('2026-08-24 12:00:00' AS DATETIME)
-- instant
DATETIME(`zoned`, 'UTC') < CAST('2026-05-31 11:59:59.500001' AS DATETIME)
-- later by months
DATETIME_ADD(DATETIME(`day`), INTERVAL 3 MONTH) < CAST('2026-11-22 12:00:00' AS DATETIME)
-- later by days
CAST('2026-11-22 12:00:00' AS DATETIME) < DATETIME_ADD(`naive`, INTERVAL 7776000000000 MICROSECOND)
-- later by both
DATETIME_ADD(DATETIME_ADD(DATETIME(`zoned`, 'UTC'), INTERVAL 14 MONTH), INTERVAL 273906000000 MICROSECOND) < CAST('2028-11-22 12:00:00' AS DATETIME)
-- second
CAST(DATETIME_TRUNC(DATETIME(`zoned`, 'UTC'), SECOND) AS STRING) = CAST(DATETIME_TRUNC(`naive`, SECOND) AS STRING)
-- not before
NOT COALESCE(`naive` < CAST('2026-11-22 12:00:00' AS DATETIME), FALSE)
-- before, text
CASE WHEN REGEXP_CONTAINS(`time`, '^(((000[1-9]|00[1-9][…639 e715481c…])(:?[0-5][0-9])?)?)$') THEN DATETIME(CAST(CASE WHEN LE…546 b46c4025…[0-9]|1[0-4])(:?[0-5][0-9])?)$') THEN '' ELSE 'Z' END END AS TIMESTAMP), 'UTC') END < CAST('2026-11-22 12:00:00' AS DATETIME)
-- day of text
CAST(CAST(CASE WHEN REGEXP_CONTAINS(`time`, '^(((000[1-9]|00[1-9][…639 e715481c…])(:?[0-5][0-9])?)?)$') THEN DATETIME(CAST(CA…582 cfa2abd1…)?)$') THEN '' ELSE 'Z' END END AS TIMESTAMP), 'UTC') END AS DATE) AS STRING) = CAST(CAST(DATETIME(`day`) AS DATE) AS STRING)
-- before, date
DATETIME(`day`) < CAST('2026-11-22 12:00:00' AS DATETIME)
-- day of date
CAST(CAST(DATETIME(`day`) AS DATE) AS STRING) = CAST(CAST(DATETIME(`day`) AS DATE) AS STRING)
-- before, naive
`naive` < CAST('2026-11-22 12:00:00' AS DATETIME)
-- day of naive
CAST(CAST(`naive` AS DATE) AS STRING) = CAST(CAST(DATETIME(`day`) AS DATE) AS STRING)
-- before, zoned
DATETIME(`zoned`, 'UTC') < CAST('2026-11-22 12:00:00' AS DATETIME)
-- day of zoned
CAST(CAST(DATETIME(`zoned`, 'UTC') AS DATE) AS STRING) = CAST(CAST(DATETIME(`day`) AS DATE) AS STRING)
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
NORMALIZE(LOWER(TRIM(`other`, '{white space}')), NFC) IN ('1', '1.0', 'true')
-- values repeat, blank
(`text` IS NULL OR TRIM(`text`, '{white space}') = '')
-- a capital first
REGEXP_CONTAINS(NULLIF(TRIM(`text`, '{white space}'), ''), '^([A-Z][a-z]+)$')
-- the guard of what is computed before
(NOT m2 IS NULL)
-- the guard of what is computed before, not
NOT (NOT m2 IS NULL)
