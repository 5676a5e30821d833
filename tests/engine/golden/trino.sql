-- name: 'trino'
-- sqlglot: 'trino'
-- package: 'trino[sqlalchemy]'
-- extra: 'trino'
-- sample_address: 'trino://user@host/crm/public'
-- timestamp_type: 'TIMESTAMP(6)'
-- naive_type: 'TIMESTAMP(6)'
-- name_folding: 'any'
-- dot_all: '(?s)'
-- pattern_end: '\\z'
-- shares_subexpressions: True
-- text: VARCHAR, CHAR, varchar(20)
-- true or false: BOOLEAN
-- a number: TINYINT, SMALLINT, INTEGER, BIGINT
-- a decimal number: DECIMAL(18,4), decimal
-- a floating-point number: REAL, DOUBLE
-- a date: DATE
-- a time without zone: TIMESTAMP, timestamp(3)
-- a time with zone: TIMESTAMP WITH TIME ZONE, timestamp(6) with time zone
-- bytes: 
-- of a type that is written as text: 
-- without a type: 
-- a UUID: UUID
-- nothing
FALSE
-- everything
TRUE
-- and
NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) IN ('1', '1.0', 'true') AND NORMALIZE(LOWER(TRIM('{white space}' FROM "other")), NFC) IN ('2.5', 'a', 'ab')
-- or
NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) IN ('1', '1.0', 'true') OR NORMALIZE(LOWER(TRIM('{white space}' FROM "other")), NFC) IN ('2.5', 'a', 'ab')
-- not
NOT COALESCE(NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) IN ('1', '1.0', 'true'), FALSE)
-- not and
NOT (COALESCE(NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) IN ('1', '1.0', 'true'), FALSE) AND COALESCE(NORMALIZE(LOWER(TRIM('{white space}' FROM "other")), NFC) IN ('2.5', 'a', 'ab'), FALSE))
-- not or
NOT (COALESCE(NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) IN ('1', '1.0', 'true'), FALSE) OR COALESCE(NORMALIZE(LOWER(TRIM('{white space}' FROM "other")), NFC) IN ('2.5', 'a', 'ab'), FALSE))
-- and of or
(NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) IN ('1', '1.0', 'true') OR NORMALIZE(LOWER(TRIM('{white space}' FROM "other")), NFC) IN ('2.5', 'a', 'ab')) AND NOT "count" IS NULL AND NOT COALESCE(NORMALIZE(LOWER(TRIM('{white space}' FROM "other")), NFC) IN ('2.5', 'a', 'ab'), FALSE)
-- or of and
(NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) IN ('1', '1.0', 'true') AND NORMALIZE(LOWER(TRIM('{white space}' FROM "other")), NFC) IN ('2.5', 'a', 'ab')) OR "count" IS NULL OR (NOT COALESCE(NORMALIZE(LOWER(TRIM('{white space}' FROM "other")), NFC) IN ('2.5', 'a', 'ab'), FALSE) AND NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) IN ('1', '1.0', 'true'))
-- not not
COALESCE(NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) IN ('1', '1.0', 'true'), FALSE)
-- odd name
NORMALIZE(LOWER(TRIM('{white space}' FROM "odd ""name")), NFC) = 'x'
-- blank text
("text" IS NULL OR TRIM('{white space}' FROM "text") = '')
-- blank boolean
"flag" IS NULL
-- blank number
"count" IS NULL
-- blank float
("share" IS NULL OR IS_NAN("share"))
-- blank time
"zoned" IS NULL
-- given text
NOT ("text" IS NULL OR TRIM('{white space}' FROM "text") = '')
-- given float
NOT ("share" IS NULL OR IS_NAN("share"))
-- among one text
NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) = 'ab'
-- among texts
NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) IN ('1', '1.0', 'it''s \ %s', 'nottrue', 'true')
-- among texts with a variable
NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) = '${x}'
-- not among texts
NOT COALESCE(NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) IN ('1', '1.0', 'nottrue', 'true'), FALSE)
-- among booleans
"flag" = TRUE
-- not among booleans
NOT COALESCE("flag" = FALSE, FALSE)
-- among numbers
"count" IN (-3, 1, 7)
-- not among numbers
NOT COALESCE("count" = 1, FALSE)
-- among decimals
"amount" IN (2.5, 7)
-- among floats
"share" IN (2.5, 7)
-- not among floats
NOT COALESCE("share" = 2.5, FALSE)
-- among dates, no time
FALSE
-- among dates
LOWER(TRIM('{white space}' FROM CAST("day" AS VARCHAR))) = '2026-11-22'
-- matches
REGEXP_LIKE(TRIM('{white space}' FROM "text"), '^((tr?ue)|([a-z]+true))\z')
-- not matches
NOT COALESCE(REGEXP_LIKE(TRIM('{white space}' FROM "text"), '^((ab)|([0-9]+))\z'), FALSE)
-- matches with a dot
REGEXP_LIKE(TRIM('{white space}' FROM "text"), '(?s)^(a.b)\z')
-- matches mail
REGEXP_LIKE(TRIM('{white space}' FROM "text"), '^([^@]+@[A-Za-z]+[.]COM)\z')
-- matches in any case
REGEXP_LIKE(TRIM('{white space}' FROM NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC)), '(?s)^([a-z.]+@(.*[.])?example[.](com|net))\z')
-- matches normalised mail
REGEXP_LIKE(NULLIF(CASE WHEN NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) LIKE 'mailto:%' THEN SUBSTR(NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC), 8) ELSE NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) END, ''), '(?s)^([a-z.]+@(.*[.])?example[.](com|net))\z')
-- matches digits
REGEXP_LIKE(NULLIF(REGEXP_REPLACE("text", '[^0-9]', ''), ''), '(?s)^(42+.*)\z')
-- matches a number
REGEXP_LIKE(TRIM('{white space}' FROM CAST("count" AS VARCHAR)), '^(-?[0-9])\z')
-- matches a float
REGEXP_LIKE(TRIM('{white space}' FROM CASE WHEN IS_NAN("share") THEN NULL WHEN ABS("share") < 1e18 AND "share" = FLOOR("share") THEN CAST(CAST("share" AS BIGINT) AS VARCHAR) ELSE CASE WHEN REGEXP_LIKE(CAST("share" AS VARCHAR), '^-?[0-9]+[.][0-9]*\z') THEN REGEXP_REPLACE(CAST("share" AS VARCHAR), '([.]|[.]?0+)\z', '') ELSE CAST("share" AS VARCHAR) END END), '^([0-9.]+)\z')
-- matches a decimal
REGEXP_LIKE(TRIM('{white space}' FROM CASE WHEN ABS("amount") < 1e18 AND "amount" = FLOOR("amount") THEN CAST(CAST("amount" AS BIGINT) AS VARCHAR) ELSE CASE WHEN REGEXP_LIKE(CAST("amount" AS VARCHAR), '^-?[0-9]+[.][0-9]*\z') THEN REGEXP_REPLACE(CAST("amount" AS VARCHAR), '([.]|[.]?0+)\z', '') ELSE CAST("amount" AS VARCHAR) END END), '^([0-9])\z')
-- matches a date
REGEXP_LIKE(TRIM('{white space}' FROM CAST("day" AS VARCHAR)), '(?s)^(2026-11-2.)\z')
-- matches a boolean
REGEXP_LIKE(TRIM('{white space}' FROM CAST("flag" AS VARCHAR)), '(?s)^(t.*)\z')
-- equal texts
NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) = NORMALIZE(LOWER(TRIM('{white space}' FROM "other")), NFC)
-- not equal texts
NOT COALESCE(NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) = NORMALIZE(LOWER(TRIM('{white space}' FROM "other")), NFC), FALSE)
-- more than
"count" > 0
-- not more than
NOT COALESCE("count" > 0, FALSE)
-- number
CAST("count" AS DOUBLE) > 1
-- number of decimal
CAST("amount" AS DOUBLE) > 2
-- number of float
CASE WHEN IS_NAN("share") THEN NULL ELSE CAST("share" AS DOUBLE) END > 2
-- normalised exact
NULLIF(TRIM('{white space}' FROM "text"), '') = 'True'
-- normalised text
NULLIF(NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC), '') = 'true'
-- normalised email
NULLIF(CASE WHEN NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) LIKE 'mailto:%' THEN SUBSTR(NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC), 8) ELSE NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC) END, '') = 'jo.smith@example.com'
-- normalised name
NULLIF(CASE WHEN LENGTH(TO_UTF8("text")) = LENGTH("text") THEN LOWER(TRANSLATE("text", ' ␉␍␊.,;:''`"()/-_', '')) ELSE TRANSLA…2044 7c43cde9…êëìíîïñòóôõö…262 537c26b5…'’‘`´"()/-‐‑–—_·ʻʼ・、。', 'aaaaaaceeeeiiiinooooo…207 31634b67…oooooooooouuuuuuuyyyy') END, '') = 'ab'
-- normalised letters
NULLIF(LOWER(REPLACE(REPLACE(REPLACE(REPLACE("other", ' ', ''), '''', ''), '-', ''), '.', '')), '') = 'annemarieoneill'
-- normalised postcode
NULLIF(LOWER(TRANSLATE("text", ' ␉␍␊⍽-', '')), '') = 'sw1a1aa'
-- normalised digits
NULLIF(REGEXP_REPLACE("text", '[^0-9]', ''), '') = '424242424242'
-- normalised phone
CASE WHEN LENGTH(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC), '(?s)(ext|x|#|;).*\z', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '+', '')) > 6 THEN REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC), '(?s)(ext|x|#|;).*\z', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+') END = '+442079460018'
-- normalised British phone
CASE WHEN LENGTH(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC), '(?s)(ext|x|#|;).*\z', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '^0', '+44'), '+', '')) > 6 THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(NORMALIZE(LOWER(TRIM('{white space}' FROM "text")), NFC), '(?s)(ext|x|#|;).*\z', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '^0', '+44') END = '+442079460018'
-- normalised American phone
CASE WHEN LENGTH(REPLACE(CASE WHEN REGEXP_LIKE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(NORMALIZE(LOWER(TRIM('{wh…1847 e70b3f15…te space}' FROM "other")), NFC), '(?s)(ext|x|#|;).*\z', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+') END END = '+12125550187'
-- normalised number
NULLIF(LOWER(TRIM('{white space}' FROM CAST("count" AS VARCHAR))), '') = '7'
-- normalised nothing
NULLIF(TRIM('{white space}' FROM "other"), '') = NULLIF(TRIM('{white space}' FROM "other"), '')
-- key
"other" || '␟' || NULLIF(LOWER(TRIM('{white space}' FROM CAST("count" AS VARCHAR))), '') = 'true␟-3'
-- record key of text
CASE WHEN LENGTH(TO_UTF8(TRIM('{white space}' FROM "text"))) <= 13 AND STRPOS('||-|--|---|.|?|n/a|n.…106 5e67d74b…vailable|un…1768 d90cc383…REPLACE(LOWER(SUBSTR(TRIM('{white space}' FROM "text"), 2, 36)), '-', '') ELSE TRIM('{white space}' FROM "text") END = 'True'
-- record key of a number
CAST("count" AS VARCHAR) = '7'
-- joined
"other" || NULLIF(LOWER(TRIM('{white space}' FROM CAST("count" AS VARCHAR))), '') = 'true-3'
-- ranked text
LOWER(TO_HEX(SHA256(TO_UTF8('7|' || (NORMALIZE(CASE WHEN LENGTH(TO_UTF8(TRIM('{white space}' FROM "other"))) <= 13 AND STRPOS…1912 db23de6b…) ELSE TRIM('{white space}' FROM "other") END, NFC)))))) = '0a92298b7c1fc32469068c2a5554d990f239142ee6ea3baf7f9a006b8b77a45b'
-- ranked number
LOWER(TO_HEX(SHA256(TO_UTF8('7|' || (CAST("count" AS VARCHAR)))))) = '166d3b216fb3452075d5a6905b9e25ecac5d4ae1dcebe1b96c33f4bcc143100a'
-- letter
SUBSTR("other", 2, 1) = 'b'
-- guarded
CASE WHEN NORMALIZE(LOWER(TRIM('{white space}' FROM "other")), NFC) IN ('2.5', 'a', 'ab') THEN "other" END = 'ab'
-- remainder
CASE WHEN SUBSTR("text", 1, LENGTH("other")) = "other" THEN SUBSTR("text", LENGTH("other") + 1) END = '␊'
-- hashed
LOWER(TO_HEX(MD5(TO_UTF8('7:' || "other")))) = '746356bc9fcf8e75fab17e5be55a834d'
-- readable
NOT CAST("naive" AS TIMESTAMP(6)) IS NULL
-- unreadable
NOT ("time" IS NULL OR TRIM('{white space}' FROM "time") = '') AND (CASE WHEN REGEXP_LIKE("time", '^(((000[1-9]|00[1-9][…640 …491 8f7e9906…time", '(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)\z') THEN '' ELSE 'Z' END END, ' ', 'T')), 'UTC') AS TIMESTAMP(6)) END IS NULL)
-- as of
CAST(AT_TIMEZONE("zoned", 'UTC') AS TIMESTAMP(6)) < CAST('2026-11-22 12:00:00' AS TIMESTAMP(6))
-- as of, later
CAST('2026-11-21 12:00:00' AS TIMESTAMP(6)) < CAST("naive" AS TIMESTAMP(6))
-- as of, earlier
CAST(AT_TIMEZONE("zoned", 'UTC') AS TIMESTAMP(6)) < CAST('2026-08-24 12:00:00' AS TIMESTAMP(6))
-- instant
CAST(AT_TIMEZONE("zoned", 'UTC') AS TIMESTAMP(6)) < CAST('2026-05-31 11:59:59.500001' AS TIMESTAMP(6))
-- later by months
DATE_ADD('month', 3, CAST("day" AS TIMESTAMP(6))) < CAST('2026-11-22 12:00:00' AS TIMESTAMP(6))
-- later by days
CAST('2026-11-22 12:00:00' AS TIMESTAMP(6)) < DATE_ADD('millisecond', 7776000000, CAST("naive" AS TIMESTAMP(6)))
-- later by both
DATE_ADD('millisecond', 273906000, DATE_ADD('month', 14, CAST(AT_TIMEZONE("zoned", 'UTC') AS TIMESTAMP(6)))) < CAST('2028-11-22 12:00:00' AS TIMESTAMP(6))
-- second
CAST(DATE_TRUNC('SECOND', CAST(AT_TIMEZONE("zoned", 'UTC') AS TIMESTAMP(6))) AS VARCHAR) = CAST(DATE_TRUNC('SECOND', CAST("naive" AS TIMESTAMP(6))) AS VARCHAR)
-- not before
NOT COALESCE(CAST("naive" AS TIMESTAMP(6)) < CAST('2026-11-22 12:00:00' AS TIMESTAMP(6)), FALSE)
-- before, text
CASE WHEN REGEXP_LIKE("time", '^(((000[1-9]|00[1-9][…640 1fbbf2e8…)(:?[0-5][0-9])?)?)\z') THEN CAST(AT_TIMEZONE(FROM_ISO8601_…460 a0c711d2…][0-9])?)\z') THEN '' ELSE 'Z' END END, ' ', 'T')), 'UTC') AS TIMESTAMP(6)) END < CAST('2026-11-22 12:00:00' AS TIMESTAMP(6))
-- day of text
CAST(CAST(CASE WHEN REGEXP_LIKE("time", '^(((000[1-9]|00[1-9][…640 1fbbf2e8…)(:?[0-5][0-9])?)?)\z') THEN CAST(AT_TIMEZONE(FRO…506 cb6dc54e…ND, ' ', 'T')), 'UTC') AS TIMESTAMP(6)) END AS DATE) AS VARCHAR) = CAST(CAST(CAST("day" AS TIMESTAMP(6)) AS DATE) AS VARCHAR)
-- before, date
CAST("day" AS TIMESTAMP(6)) < CAST('2026-11-22 12:00:00' AS TIMESTAMP(6))
-- day of date
CAST(CAST(CAST("day" AS TIMESTAMP(6)) AS DATE) AS VARCHAR) = CAST(CAST(CAST("day" AS TIMESTAMP(6)) AS DATE) AS VARCHAR)
-- before, naive
CAST("naive" AS TIMESTAMP(6)) < CAST('2026-11-22 12:00:00' AS TIMESTAMP(6))
-- day of naive
CAST(CAST(CAST("naive" AS TIMESTAMP(6)) AS DATE) AS VARCHAR) = CAST(CAST(CAST("day" AS TIMESTAMP(6)) AS DATE) AS VARCHAR)
-- before, zoned
CAST(AT_TIMEZONE("zoned", 'UTC') AS TIMESTAMP(6)) < CAST('2026-11-22 12:00:00' AS TIMESTAMP(6))
-- day of zoned
CAST(CAST(CAST(AT_TIMEZONE("zoned", 'UTC') AS TIMESTAMP(6)) AS DATE) AS VARCHAR) = CAST(CAST(CAST("day" AS TIMESTAMP(6)) AS DATE) AS VARCHAR)
-- distinct values are known
"text" IN (' True ', '1')
-- distinct values are known, not
NOT COALESCE("text" IN (' True ', '1'), FALSE)
-- distinct values are known, blank
("text" IS NULL OR "text" IN ('', '␉'))
-- computed before
m0
-- computed before, not
NOT COALESCE(m0, FALSE)
-- computed before, blank
("text" IS NULL OR m1 = '')
-- computed before, of another value
NORMALIZE(LOWER(TRIM('{white space}' FROM "other")), NFC) IN ('1', '1.0', 'true')
-- values repeat, blank
("text" IS NULL OR TRIM('{white space}' FROM "text") = '')
-- a capital first
REGEXP_LIKE(NULLIF(TRIM('{white space}' FROM "text"), ''), '^([A-Z][a-z]+)\z')
-- the guard of what is computed before
(NOT m2 IS NULL)
-- the guard of what is computed before, not
NOT (NOT m2 IS NULL)
