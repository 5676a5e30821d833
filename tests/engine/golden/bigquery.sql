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
-- bytes: 
-- of a type that is written as text: 
-- without a type: 
-- a UUID: 
-- nothing
FALSE
-- everything
TRUE
-- and
LOWER(TRIM(`text`, ' \t\r\n⍽')) IN ('1', '1.0', 'true') AND LOWER(TRIM(`other`, ' \t\r\n⍽')) IN ('2.5', 'a', 'ab')
-- or
LOWER(TRIM(`text`, ' \t\r\n⍽')) IN ('1', '1.0', 'true') OR LOWER(TRIM(`other`, ' \t\r\n⍽')) IN ('2.5', 'a', 'ab')
-- not
NOT COALESCE(LOWER(TRIM(`text`, ' \t\r\n⍽')) IN ('1', '1.0', 'true'), FALSE)
-- not and
NOT (COALESCE(LOWER(TRIM(`text`, ' \t\r\n⍽')) IN ('1', '1.0', 'true'), FALSE) AND COALESCE(LOWER(TRIM(`other`, ' \t\r\n⍽')) IN ('2.5', 'a', 'ab'), FALSE))
-- not or
NOT (COALESCE(LOWER(TRIM(`text`, ' \t\r\n⍽')) IN ('1', '1.0', 'true'), FALSE) OR COALESCE(LOWER(TRIM(`other`, ' \t\r\n⍽')) IN ('2.5', 'a', 'ab'), FALSE))
-- and of or
(LOWER(TRIM(`text`, ' \t\r\n⍽')) IN ('1', '1.0', 'true') OR LOWER(TRIM(`other`, ' \t\r\n⍽')) IN ('2.5', 'a', 'ab')) AND NOT `count` IS NULL AND NOT COALESCE(LOWER(TRIM(`other`, ' \t\r\n⍽')) IN ('2.5', 'a', 'ab'), FALSE)
-- or of and
(LOWER(TRIM(`text`, ' \t\r\n⍽')) IN ('1', '1.0', 'true') AND LOWER(TRIM(`other`, ' \t\r\n⍽')) IN ('2.5', 'a', 'ab')) OR `count` IS NULL OR (NOT COALESCE(LOWER(TRIM(`other`, ' \t\r\n⍽')) IN ('2.5', 'a', 'ab'), FALSE) AND LOWER(TRIM(`text`, ' \t\r\n⍽')) IN ('1', '1.0', 'true'))
-- not not
COALESCE(LOWER(TRIM(`text`, ' \t\r\n⍽')) IN ('1', '1.0', 'true'), FALSE)
-- odd name
LOWER(TRIM(`odd "name`, ' \t\r\n⍽')) = 'x'
-- blank text
(`text` IS NULL OR TRIM(`text`, ' \t\r\n⍽') = '')
-- blank boolean
`flag` IS NULL
-- blank number
`count` IS NULL
-- blank float
(`share` IS NULL OR IS_NAN(`share`))
-- blank time
`zoned` IS NULL
-- given text
NOT (`text` IS NULL OR TRIM(`text`, ' \t\r\n⍽') = '')
-- given float
NOT (`share` IS NULL OR IS_NAN(`share`))
-- among one text
LOWER(TRIM(`text`, ' \t\r\n⍽')) = 'ab'
-- among texts
LOWER(TRIM(`text`, ' \t\r\n⍽')) IN ('1', '1.0', 'it\'s \\ %s', 'nottrue', 'true')
-- among texts with a variable
LOWER(TRIM(`text`, ' \t\r\n⍽')) = '${x}'
-- not among texts
NOT COALESCE(LOWER(TRIM(`text`, ' \t\r\n⍽')) IN ('1', '1.0', 'nottrue', 'true'), FALSE)
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
LOWER(TRIM(CAST(`day` AS STRING), ' \t\r\n⍽')) = '2026-11-22'
-- matches
REGEXP_CONTAINS(TRIM(`text`, ' \t\r\n⍽'), '^((tr?ue)|([a-z]+true))$')
-- not matches
NOT COALESCE(REGEXP_CONTAINS(TRIM(`text`, ' \t\r\n⍽'), '^((ab)|([0-9]+))$'), FALSE)
-- matches with a dot
REGEXP_CONTAINS(TRIM(`text`, ' \t\r\n⍽'), '(?s)^(a.b)$')
-- matches mail
REGEXP_CONTAINS(TRIM(`text`, ' \t\r\n⍽'), '^([^@]+@[A-Za-z]+[.]COM)$')
-- matches in any case
REGEXP_CONTAINS(TRIM(LOWER(TRIM(`text`, ' \t\r\n⍽')), ' \t\r\n⍽'), '(?s)^([a-z.]+@(.*[.])?example[.](com|net))$')
-- matches normalised mail
REGEXP_CONTAINS(NULLIF(LOWER(TRIM(`text`, ' \t\r\n⍽')), ''), '(?s)^([a-z.]+@(.*[.])?example[.](com|net))$')
-- matches digits
REGEXP_CONTAINS(NULLIF(REGEXP_REPLACE(`text`, '[^0-9]', ''), ''), '(?s)^(42+.*)$')
-- matches a number
REGEXP_CONTAINS(TRIM(CAST(`count` AS STRING), ' \t\r\n⍽'), '^(-?[0-9])$')
-- matches a float
REGEXP_CONTAINS(TRIM(CASE WHEN IS_NAN(`share`) THEN NULL WHEN ABS(`share`) < 1e18 AND `share` = FLOOR(`share`) THEN CAST(CAST(`share` AS INT64) AS STRING) ELSE CAST(`share` AS STRING) END, ' \t\r\n⍽'), '^([0-9.]+)$')
-- matches a decimal
REGEXP_CONTAINS(TRIM(CASE WHEN ABS(`amount`) < 1e18 AND `amount` = FLOOR(`amount`) THEN CAST(CAST(`amount` AS INT64) AS STRING) ELSE CAST(`amount` AS STRING) END, ' \t\r\n⍽'), '^([0-9])$')
-- matches a date
REGEXP_CONTAINS(TRIM(CAST(`day` AS STRING), ' \t\r\n⍽'), '(?s)^(2026-11-2.)$')
-- matches a boolean
REGEXP_CONTAINS(TRIM(CAST(`flag` AS STRING), ' \t\r\n⍽'), '(?s)^(t.*)$')
-- equal texts
LOWER(TRIM(`text`, ' \t\r\n⍽')) = LOWER(TRIM(`other`, ' \t\r\n⍽'))
-- not equal texts
NOT COALESCE(LOWER(TRIM(`text`, ' \t\r\n⍽')) = LOWER(TRIM(`other`, ' \t\r\n⍽')), FALSE)
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
NULLIF(TRIM(`text`, ' \t\r\n⍽'), '') = 'True'
-- normalised text
NULLIF(LOWER(TRIM(`text`, ' \t\r\n⍽')), '') = 'true'
-- normalised email
NULLIF(LOWER(TRIM(`text`, ' \t\r\n⍽')), '') = 'jo.smith@example.com'
-- normalised name
NULLIF(LOWER(CASE WHEN BYTE_LENGTH(`text`) = LENGTH(`text`) THEN TRANSLATE(`text`, ' \t\r\n.,;:\'`"()/-_', '') ELSE TRANSLATE…946 c00cbe6f…ËÌÍÎÏÑÒÓÔÕÖ…505 85a4ae92…⍽.,;:\'’‘`´"()/-‐‑–—_', 'aaaaaaceeeeiiiinooooo…453 71c0fd15…uuuuuuuuuuuuuyyyyyyyy') END), '') = 'ab'
-- normalised postcode
NULLIF(LOWER(TRANSLATE(`text`, ' \t\r\n⍽-', '')), '') = 'sw1a1aa'
-- normalised digits
NULLIF(REGEXP_REPLACE(`text`, '[^0-9]', ''), '') = '424242424242'
-- normalised phone
CASE WHEN LENGTH(TRANSLATE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM(`text`, ' \t\r\n⍽')), '(?s)(ext|x|#|;).*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '+', '')) > 6 THEN REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM(`text`, ' \t\r\n⍽')), '(?s)(ext|x|#|;).*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+') END = '+442079460018'
-- normalised British phone
CASE WHEN LENGTH(TRANSLATE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM(`text`, ' \t\r\n⍽')), '(?s)(ext|x|#|;).*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '^0', '+44'), '+', '')) > 6 THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM(`text`, ' \t\r\n⍽')), '(?s)(ext|x|#|;).*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '^0', '+44') END = '+442079460018'
-- normalised American phone
CASE WHEN LENGTH(TRANSLATE(CASE WHEN REGEXP_CONTAINS(CASE WHEN REGEXP_CONTAINS(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_R…3133 d3781f77…R(TRIM(`other`, ' \t\r\n⍽')), '(?s)(ext|x|#|;).*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+') END END END = '+12125550187'
-- normalised number
NULLIF(LOWER(TRIM(CAST(`count` AS STRING), ' \t\r\n⍽')), '') = '7'
-- normalised nothing
NULLIF(TRIM(`other`, ' \t\r\n⍽'), '') = NULLIF(TRIM(`other`, ' \t\r\n⍽'), '')
-- key
`other` || '\x1f' || NULLIF(LOWER(TRIM(CAST(`count` AS STRING), ' \t\r\n⍽')), '') = 'true\x1f-3'
-- record key of text
CASE WHEN BYTE_LENGTH(TRIM(`text`, ' \t\r\n⍽')) <= 13 AND LOWER(REPLACE(TRIM(`text`, ' \t\r\n⍽'), 'I', 'i')) IN ('', '-', '--…1641 5d0481ad…]{4}-[0-9A-Fa-f]{12}[}]$')) THEN SUBSTRING(LOWER(TRIM(`text`, ' \t\r\n⍽')), 2, 36) ELSE TRIM(`text`, ' \t\r\n⍽') END = 'True'
-- record key of a number
CAST(`count` AS STRING) = '7'
-- joined
`other` || NULLIF(LOWER(TRIM(CAST(`count` AS STRING), ' \t\r\n⍽')), '') = 'true-3'
-- hashed
TO_HEX(MD5('7:' || `other`)) = '746356bc9fcf8e75fab17e5be55a834d'
-- readable
NOT `naive` IS NULL
-- unreadable
NOT (`time` IS NULL OR TRIM(`time`, ' \t\r\n⍽') = '') AND (CASE WHEN REGEXP_CONTAINS(`time`, '^(((000[1-9]|00[1-9][…639 e7154…572 6fb1cc04…EGEXP_CONTAINS(`time`, '(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)$') THEN '' ELSE 'Z' END END AS TIMESTAMP), 'UTC') END IS NULL)
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
LOWER(TRIM(`other`, ' \t\r\n⍽')) IN ('1', '1.0', 'true')
-- values repeat, blank
(`text` IS NULL OR TRIM(`text`, ' \t\r\n⍽') = '')
