-- name: 'spark'
-- sqlglot: 'spark'
-- package: 'pyspark'
-- extra: 'spark'
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
-- is_interrupted: True
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
CASE WHEN `text` IS NULL THEN TRUE WHEN `text` BETWEEN '!' AND '~' THEN FALSE ELSE `text` RLIKE '^[{white space}]*(?![^a]|a)' END
-- blank boolean
`flag` IS NULL
-- blank number
`count` IS NULL
-- blank float
(`share` IS NULL OR ISNAN(`share`))
-- blank time
`zoned` IS NULL
-- given text
NOT CASE WHEN `text` IS NULL THEN TRUE WHEN `text` BETWEEN '!' AND '~' THEN FALSE ELSE `text` RLIKE '^[{white space}]*(?![^a]|a)' END
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
CASE WHEN `text` RLIKE '^[{white space}]*(tr?ue|[a-z]+true)[{white space}]*(?![^a]|a)' THEN CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END RLIKE '^((tr?ue)|([a-z]+true))(?![^a]|a)' ELSE FALSE END
-- not matches
NOT COALESCE(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END RLIKE '^((ab)|([0-9]+))(?![^a]|a)', FALSE)
-- matches with a dot
CASE WHEN `text` RLIKE '(?s)^[{white space}]*(a.b)[{white space}]*(?![^a]|a)' THEN CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END RLIKE '(?s)^(a.b)(?![^a]|a)' ELSE FALSE END
-- matches mail
CASE WHEN `text` RLIKE '^[{white space}]*([^@]+@[A-Za-z]+[.]COM)[{white space}]*(?![^a]|a)' THEN CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END RLIKE '^([^@]+@[A-Za-z]+[.]COM)(?![^a]|a)' ELSE FALSE END
-- matches in any case
CASE WHEN `text` RLIKE '(?s)(?iu)^[{white spa…47 82913756…te space}]*(?![^a]|a)' THEN TRIM('{white space}' FROM LOWER(TRIM('{white space}' FROM `text`))) RLIKE '(?s)^([a-z.]+@(.*[.])?example[.](com|net))(?![^a]|a)' ELSE FALSE END
-- matches normalised mail
CASE WHEN `text` RLIKE '(?s)(?iu)^[{white spa…47 82913756…te space}]*(?![^a]|a)' THEN NULLIF(CASE WHEN LOWER(CASE WHEN `text`…412 8c26cd45…E TRIM('{white space}' FROM `text`) END) END, '') RLIKE '(?s)^([a-z.]+@(.*[.])?example[.](com|net))(?![^a]|a)' ELSE FALSE END
-- matches digits
NULLIF(REGEXP_REPLACE(`text`, '[^0-9]', ''), '') RLIKE '(?s)^(42+.*)(?![^a]|a)'
-- matches a number
TRIM('{white space}' FROM CAST(`count` AS STRING)) RLIKE '^(-?[0-9])(?![^a]|a)'
-- matches a float
TRIM('{white space}' FROM CASE WHEN ISNAN(`share`) THEN NULL WHEN ABS(`share`) < 1e18 AND `share` = FLOOR(`share`) THEN CAST(CAST(`share` AS BIGINT) AS STRING) ELSE CASE WHEN CAST(`share` AS STRING) RLIKE '^-?[0-9]+[.][0-9]*(?![^a]|a)' THEN REGEXP_REPLACE(CAST(`share` AS STRING), '([.]|[.]?0+)(?![^a]|a)', '') ELSE CAST(`share` AS STRING) END END) RLIKE '^([0-9.]+)(?![^a]|a)'
-- matches a decimal
TRIM('{white space}' FROM CASE WHEN ABS(`amount`) < 1e18 AND `amount` = FLOOR(`amount`) THEN CAST(CAST(`amount` AS BIGINT) AS STRING) ELSE CASE WHEN CAST(`amount` AS STRING) RLIKE '^-?[0-9]+[.][0-9]*(?![^a]|a)' THEN REGEXP_REPLACE(CAST(`amount` AS STRING), '([.]|[.]?0+)(?![^a]|a)', '') ELSE CAST(`amount` AS STRING) END END) RLIKE '^([0-9])(?![^a]|a)'
-- matches a date
TRIM('{white space}' FROM CAST(`day` AS STRING)) RLIKE '(?s)^(2026-11-2.)(?![^a]|a)'
-- matches a boolean
TRIM('{white space}' FROM CAST(`flag` AS STRING)) RLIKE '(?s)^(t.*)(?![^a]|a)'
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
NULLIF(CASE WHEN OCTET_LENGTH(`text`) = LENGTH(`text`) THEN LOWER(TRANSLATE(`text`, ' \t\r\n.,;:\'`"()/-_', '')) ELSE TRANSLA…4210 ddbbdb97…êëìíîïñòóôõö…265 0b7a8a57…'’‘`´"()/-‐‑–—_·ʻʼ・、。', 'aaaaaaceeeeiiiinooooo…207 31634b67…oooooooooouuuuuuuyyyy') END, '') = 'ab'
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
CASE WHEN LENGTH(REPLACE(CASE WHEN REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(CASE WHEN `other` BETWEEN '!' A…2837 44e5224e…ce}' FROM `other`) END), '(?s)(ext|x|#|;).*(?![^a]|a)', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+') END END = '+12125550187'
-- normalised number
NULLIF(LOWER(TRIM('{white space}' FROM CAST(`count` AS STRING))), '') = '7'
-- normalised nothing
NULLIF(CASE WHEN `other` BETWEEN '!' AND '~' AND SUBSTRING(`other`, -1) BETWEEN '!' AND '~' THEN `other` ELSE TRIM('{white space}' FROM `other`) END, '') = NULLIF(CASE WHEN `other` BETWEEN '!' AND '~' AND SUBSTRING(`other`, -1) BETWEEN '!' AND '~' THEN `other` ELSE TRIM('{white space}' FROM `other`) END, '')
-- key
`other` || '\037' || NULLIF(LOWER(TRIM('{white space}' FROM CAST(`count` AS STRING))), '') = 'true\037-3'
-- record key of text
CASE WHEN (`text` BETWEEN '0' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '0' AND '~') AND OCTET_LENGTH(`text`) < 18 AND (OCTET…2811 c0a14acd…0 63e132e9…a-f]{12}[}](?![^a]|a)') THEN REPLACE(LOWER(SUBSTRING(synth_v, 2, 36)), '-', '') ELSE synth_v END), 1) END = 'True'
-- record key of a number
CAST(`count` AS STRING) = '7'
-- joined
`other` || NULLIF(LOWER(TRIM('{white space}' FROM CAST(`count` AS STRING))), '') = 'true-3'
-- ranked text
SHA2('7|' || (CASE WHEN CASE WHEN (`other` BETWEEN '0' AND '~' AND SUBSTRING(`other`, -1) BETWEEN '0' AND '~') AND OCTET_LENG…9350 052e32ee…, 2, 36)), '-', '') ELSE synth_v END), 1) END END), 256) = '0a92298b7c1fc32469068c2a5554d990f239142ee6ea3baf7f9a006b8b77a45b'
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
NOT CASE WHEN `time` IS NULL THEN TRUE WHEN `time` BETWEEN '!' AND '~' THEN FALSE ELSE `time` RLIKE '^[{white space}]*(?![^a]…624 b5a21dc4… WHEN `time` RLIKE '(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)(?![^a]|a)' THEN '' ELSE 'Z' END END AS TIMESTAMP_LTZ) END IS NULL)
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
CASE WHEN `time` RLIKE '^(((000[1-9]|00[1-9][…648 06995a40…][0-9])?)?)(?![^a]|a)' THEN CAST(CASE WHEN LENGTH(`time`) = 10 THE…524 a710f37a…4])(:?[0-5][0-9])?)(?![^a]|a)' THEN '' ELSE 'Z' END END AS TIMESTAMP_LTZ) END < CAST('2026-11-22 12:00:00Z' AS TIMESTAMP_LTZ)
-- day of text
CAST(FLOOR(UNIX_SECONDS(CASE WHEN `time` RLIKE '^(((000[1-9]|00[1-9][…648 06995a40…][0-9])?)?)(?![^a]|a)' THEN CAST(CASE WHEN…629 b62db68c…86400) AS STRING) = CAST(FLOOR(UNIX_SECONDS(CAST(CAST(`day` AS STRING) || ' 00:00:00Z' AS TIMESTAMP_LTZ)) / 86400) AS STRING)
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
CASE WHEN `text` IS NULL THEN TRUE WHEN `text` BETWEEN '!' AND '~' THEN FALSE ELSE `text` RLIKE '^[{white space}]*(?![^a]|a)' END
-- a capital first
CASE WHEN `text` RLIKE '^[{white space}]*([A-Z][a-z]+)[{white space}]*(?![^a]|a)' THEN NULLIF(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END, '') RLIKE '^([A-Z][a-z]+)(?![^a]|a)' ELSE FALSE END
-- the guard of what is computed before
(NOT m2 IS NULL)
-- the guard of what is computed before, not
NOT (NOT m2 IS NULL)
