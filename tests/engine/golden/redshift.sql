-- name: 'redshift'
-- sqlglot: 'redshift'
-- package: 'sqlalchemy-redshift'
-- extra: 'redshift'
-- sample_address: 'redshift+psycopg2://user:word@host/crm'
-- doubles_percent: True
-- data_source_type: 'redshift'
-- any_character: '(.|[\r\n])'
-- shares_subexpressions: True
-- text: 19, 25, 1042, 1043
-- true or false: 16
-- a number: 20, 21, 23, 26
-- a decimal number: 
-- a floating-point number: 700, 701, 1700
-- a date: 1082
-- a time without zone: 1114
-- a time with zone: 1184
-- bytes: 
-- of a type that is written as text: 18
-- without a type: 
-- a UUID: 2950
-- nothing
FALSE
-- everything
TRUE
-- and
LOWER(TRIM('{white space}' FROM "text")) IN ('1', '1.0', 'true') AND LOWER(TRIM('{white space}' FROM "other")) IN ('2.5', 'a', 'ab')
-- or
LOWER(TRIM('{white space}' FROM "text")) IN ('1', '1.0', 'true') OR LOWER(TRIM('{white space}' FROM "other")) IN ('2.5', 'a', 'ab')
-- not
NOT COALESCE(LOWER(TRIM('{white space}' FROM "text")) IN ('1', '1.0', 'true'), FALSE)
-- not and
NOT (COALESCE(LOWER(TRIM('{white space}' FROM "text")) IN ('1', '1.0', 'true'), FALSE) AND COALESCE(LOWER(TRIM('{white space}' FROM "other")) IN ('2.5', 'a', 'ab'), FALSE))
-- not or
NOT (COALESCE(LOWER(TRIM('{white space}' FROM "text")) IN ('1', '1.0', 'true'), FALSE) OR COALESCE(LOWER(TRIM('{white space}' FROM "other")) IN ('2.5', 'a', 'ab'), FALSE))
-- and of or
(LOWER(TRIM('{white space}' FROM "text")) IN ('1', '1.0', 'true') OR LOWER(TRIM('{white space}' FROM "other")) IN ('2.5', 'a', 'ab')) AND NOT "count" IS NULL AND NOT COALESCE(LOWER(TRIM('{white space}' FROM "other")) IN ('2.5', 'a', 'ab'), FALSE)
-- or of and
(LOWER(TRIM('{white space}' FROM "text")) IN ('1', '1.0', 'true') AND LOWER(TRIM('{white space}' FROM "other")) IN ('2.5', 'a', 'ab')) OR "count" IS NULL OR (NOT COALESCE(LOWER(TRIM('{white space}' FROM "other")) IN ('2.5', 'a', 'ab'), FALSE) AND LOWER(TRIM('{white space}' FROM "text")) IN ('1', '1.0', 'true'))
-- not not
COALESCE(LOWER(TRIM('{white space}' FROM "text")) IN ('1', '1.0', 'true'), FALSE)
-- odd name
LOWER(TRIM('{white space}' FROM "odd ""name")) = 'x'
-- blank text
("text" IS NULL OR TRIM('{white space}' FROM "text") = '')
-- blank boolean
"flag" IS NULL
-- blank number
"count" IS NULL
-- blank float
("share" IS NULL OR CAST("share" AS DOUBLE PRECISION) = CAST('NaN' AS DOUBLE PRECISION))
-- blank time
"zoned" IS NULL
-- given text
NOT ("text" IS NULL OR TRIM('{white space}' FROM "text") = '')
-- given float
NOT ("share" IS NULL OR CAST("share" AS DOUBLE PRECISION) = CAST('NaN' AS DOUBLE PRECISION))
-- among one text
LOWER(TRIM('{white space}' FROM "text")) = 'ab'
-- among texts
LOWER(TRIM('{white space}' FROM "text")) IN ('1', '1.0', 'it\'s \\ %s', 'nottrue', 'true')
-- among texts with a variable
LOWER(TRIM('{white space}' FROM "text")) = '${x}'
-- not among texts
NOT COALESCE(LOWER(TRIM('{white space}' FROM "text")) IN ('1', '1.0', 'nottrue', 'true'), FALSE)
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
LOWER(TRIM('{white space}' FROM CAST("day" AS VARCHAR(MAX)))) = '2026-11-22'
-- matches
TRIM('{white space}' FROM "text") ~ '^((tr?ue)|([a-z]+true))$'
-- not matches
NOT COALESCE(TRIM('{white space}' FROM "text") ~ '^((ab)|([0-9]+))$', FALSE)
-- matches with a dot
TRIM('{white space}' FROM "text") ~ '^(a(.|[\r\n])b)$'
-- matches mail
TRIM('{white space}' FROM "text") ~ '^([^@]+@[A-Za-z]+[.]COM)$'
-- matches in any case
TRIM('{white space}' FROM LOWER(TRIM('{white space}' FROM "text"))) ~ '^([a-z.]+@((.|[\r\n])*[.])?example[.](com|net))$'
-- matches normalised mail
NULLIF(CASE WHEN LOWER(TRIM('{white space}' FROM "text")) LIKE 'mailto:%' THEN SUBSTRING(LOWER(TRIM('{white space}' FROM "text")) FROM 8) ELSE LOWER(TRIM('{white space}' FROM "text")) END, '') ~ '^([a-z.]+@((.|[\r\n])*[.])?example[.](com|net))$'
-- matches digits
NULLIF(REGEXP_REPLACE("text", '[^0-9]', ''), '') ~ '^(42+(.|[\r\n])*)$'
-- matches a number
TRIM('{white space}' FROM CAST("count" AS VARCHAR(MAX))) ~ '^(-?[0-9])$'
-- matches a float
TRIM('{white space}' FROM CASE WHEN CAST("share" AS DOUBLE PRECISION) = CAST('NaN' AS DOUBLE PRECISION) THEN NULL WHEN ABS("share") < 1e18 AND "share" = FLOOR("share") THEN CAST(CAST("share" AS BIGINT) AS VARCHAR(MAX)) ELSE CASE WHEN CAST("share" AS VARCHAR(MAX)) ~ '^-?[0-9]+[.][0-9]*$' THEN REGEXP_REPLACE(CAST("share" AS VARCHAR(MAX)), '([.]|[.]?0+)$', '') ELSE CAST("share" AS VARCHAR(MAX)) END END) ~ '^([0-9.]+)$'
-- matches a decimal
TRIM('{white space}' FROM CASE WHEN ABS("amount") < 1e18 AND "amount" = FLOOR("amount") THEN CAST(CAST("amount" AS BIGINT) AS VARCHAR(MAX)) ELSE CASE WHEN CAST("amount" AS VARCHAR(MAX)) ~ '^-?[0-9]+[.][0-9]*$' THEN REGEXP_REPLACE(CAST("amount" AS VARCHAR(MAX)), '([.]|[.]?0+)$', '') ELSE CAST("amount" AS VARCHAR(MAX)) END END) ~ '^([0-9])$'
-- matches a date
TRIM('{white space}' FROM CAST("day" AS VARCHAR(MAX))) ~ '^(2026-11-2(.|[\r\n]))$'
-- matches a boolean
TRIM('{white space}' FROM CAST("flag" AS VARCHAR(MAX))) ~ '^(t(.|[\r\n])*)$'
-- equal texts
LOWER(TRIM('{white space}' FROM "text")) = LOWER(TRIM('{white space}' FROM "other"))
-- not equal texts
NOT COALESCE(LOWER(TRIM('{white space}' FROM "text")) = LOWER(TRIM('{white space}' FROM "other")), FALSE)
-- more than
"count" > 0
-- not more than
NOT COALESCE("count" > 0, FALSE)
-- number
CAST("count" AS DOUBLE PRECISION) > 1
-- number of decimal
CAST("amount" AS DOUBLE PRECISION) > 2
-- number of float
CASE WHEN CAST("share" AS DOUBLE PRECISION) = CAST('NaN' AS DOUBLE PRECISION) THEN NULL ELSE CAST("share" AS DOUBLE PRECISION) END > 2
-- normalised exact
NULLIF(TRIM('{white space}' FROM "text"), '') = 'True'
-- normalised text
NULLIF(LOWER(TRIM('{white space}' FROM "text")), '') = 'true'
-- normalised email
NULLIF(CASE WHEN LOWER(TRIM('{white space}' FROM "text")) LIKE 'mailto:%' THEN SUBSTRING(LOWER(TRIM('{white space}' FROM "text")) FROM 8) ELSE LOWER(TRIM('{white space}' FROM "text")) END, '') = 'jo.smith@example.com'
-- normalised name
NULLIF(CASE WHEN OCTET_LENGTH("text") = LENGTH("text") THEN LOWER(TRANSLATE("text", ' \t\r\n.,;:\'`"()/-_', '')) ELSE TRANSLA…2017 131a9a5e…êëìíîïñòóôõö…265 0b7a8a57…'’‘`´"()/-‐‑–—_·ʻʼ・、。', 'aaaaaaceeeeiiiinooooo…207 31634b67…oooooooooouuuuuuuyyyy') END, '') = 'ab'
-- normalised letters
NULLIF(LOWER(REPLACE(REPLACE(REPLACE(REPLACE("other", ' ', ''), '\'', ''), '-', ''), '.', '')), '') = 'annemarieoneill'
-- normalised postcode
NULLIF(LOWER(TRANSLATE("text", ' \t\r\n⍽-', '')), '') = 'sw1a1aa'
-- normalised digits
NULLIF(REGEXP_REPLACE("text", '[^0-9]', ''), '') = '424242424242'
-- normalised phone
CASE WHEN LENGTH(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM('{white space}' FROM "text")), '(ext|x|#|;)(.|[\r\n])*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '+', '')) > 6 THEN REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM('{white space}' FROM "text")), '(ext|x|#|;)(.|[\r\n])*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+') END = '+442079460018'
-- normalised British phone
CASE WHEN LENGTH(REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM('{white space}' FROM "text")), '(ext|x|#|;)(.|[\r\n])*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '^0', '+44'), '+', '')) > 6 THEN REGEXP_REPLACE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM('{white space}' FROM "text")), '(ext|x|#|;)(.|[\r\n])*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+'), '^0', '+44') END = '+442079460018'
-- normalised American phone
CASE WHEN LENGTH(REPLACE(CASE WHEN REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(TRIM('{white space}' FROM "othe…1675 9914513a…hite space}' FROM "other")), '(ext|x|#|;)(.|[\r\n])*$', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+') END END = '+12125550187'
-- normalised number
NULLIF(LOWER(TRIM('{white space}' FROM CAST("count" AS VARCHAR(MAX)))), '') = '7'
-- normalised nothing
NULLIF(TRIM('{white space}' FROM "other"), '') = NULLIF(TRIM('{white space}' FROM "other"), '')
-- key
"other" || '\037' || NULLIF(LOWER(TRIM('{white space}' FROM CAST("count" AS VARCHAR(MAX)))), '') = 'true\037-3'
-- record key of text
CASE WHEN OCTET_LENGTH(TRIM('{white space}' FROM "text")) <= 13 AND POSITION(LOWER(REPLACE(TRIM('{white space}' FROM "text"),…1767 80f25482…WER(SUBSTRING(TRIM('{white space}' FROM "text") FROM 2 FOR 36)), '-', '') ELSE TRIM('{white space}' FROM "text") END = 'True'
-- record key of a number
CAST("count" AS VARCHAR(MAX)) = '7'
-- joined
"other" || NULLIF(LOWER(TRIM('{white space}' FROM CAST("count" AS VARCHAR(MAX)))), '') = 'true-3'
-- ranked text
SHA2('7|' || (CASE WHEN OCTET_LENGTH(TRIM('{white space}' FROM "other")) <= 13 AND POSITION(LOWER(REPLACE(TRIM('{white space}…1874 3a8fdd6a…, '') ELSE TRIM('{white space}' FROM "other") END), 256) = '0a92298b7c1fc32469068c2a5554d990f239142ee6ea3baf7f9a006b8b77a45b'
-- ranked number
SHA2('7|' || (CAST("count" AS VARCHAR(MAX))), 256) = '166d3b216fb3452075d5a6905b9e25ecac5d4ae1dcebe1b96c33f4bcc143100a'
-- letter
SUBSTRING("other" FROM 2 FOR 1) = 'b'
-- guarded
CASE WHEN LOWER(TRIM('{white space}' FROM "other")) IN ('2.5', 'a', 'ab') THEN "other" END = 'ab'
-- remainder
CASE WHEN SUBSTRING("text" FROM 1 FOR LENGTH("other")) = "other" THEN SUBSTRING("text" FROM LENGTH("other") + 1) END = '\n'
-- hashed
MD5('7:' || "other") = '746356bc9fcf8e75fab17e5be55a834d'
-- readable
NOT "naive" IS NULL
-- unreadable
NOT ("time" IS NULL OR TRIM('{white space}' FROM "time") = '') AND (CASE WHEN "time" ~ '^(((000[1-9]|00[1-9][…639 e715481c…])…505 605aab8a…Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)$' THEN '' ELSE 'Z' END END AS TIMESTAMP WITH TIME ZONE) AT TIME ZONE 'UTC' END IS NULL)
-- as of
"zoned" AT TIME ZONE 'UTC' < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- as of, later
CAST('2026-11-21 12:00:00' AS TIMESTAMP) < "naive"
-- as of, earlier
"zoned" AT TIME ZONE 'UTC' < CAST('2026-08-24 12:00:00' AS TIMESTAMP)
-- instant
"zoned" AT TIME ZONE 'UTC' < CAST('2026-05-31 11:59:59.500001' AS TIMESTAMP)
-- later by months
(CAST("day" AS TIMESTAMP) + INTERVAL '3 MONTH') < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- later by days
CAST('2026-11-22 12:00:00' AS TIMESTAMP) < ("naive" + INTERVAL '7776000000000 MICROSECOND')
-- later by both
(("zoned" AT TIME ZONE 'UTC' + INTERVAL '14 MONTH') + INTERVAL '273906000000 MICROSECOND') < CAST('2028-11-22 12:00:00' AS TIMESTAMP)
-- second
CAST(DATE_TRUNC('SECOND', "zoned" AT TIME ZONE 'UTC') AS VARCHAR(MAX)) = CAST(DATE_TRUNC('SECOND', "naive") AS VARCHAR(MAX))
-- not before
NOT COALESCE("naive" < CAST('2026-11-22 12:00:00' AS TIMESTAMP), FALSE)
-- before, text
CASE WHEN "time" ~ '^(((000[1-9]|00[1-9][…639 e715481c…])(:?[0-5][0-9])?)?)$' THEN CAST(CASE WHEN LENGTH("time") = 10 THEN "t…471 e95fdb58…)?)$' THEN '' ELSE 'Z' END END AS TIMESTAMP WITH TIME ZONE) AT TIME ZONE 'UTC' END < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- day of text
CAST(CAST(CASE WHEN "time" ~ '^(((000[1-9]|00[1-9][…639 e715481c…])(:?[0-5][0-9])?)?)$' THEN CAST(CASE WHEN LENGTH("time") = …527 f6f42b59…TH TIME ZONE) AT TIME ZONE 'UTC' END AS DATE) AS VARCHAR(MAX)) = CAST(CAST(CAST("day" AS TIMESTAMP) AS DATE) AS VARCHAR(MAX))
-- before, date
CAST("day" AS TIMESTAMP) < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- day of date
CAST(CAST(CAST("day" AS TIMESTAMP) AS DATE) AS VARCHAR(MAX)) = CAST(CAST(CAST("day" AS TIMESTAMP) AS DATE) AS VARCHAR(MAX))
-- before, naive
"naive" < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- day of naive
CAST(CAST("naive" AS DATE) AS VARCHAR(MAX)) = CAST(CAST(CAST("day" AS TIMESTAMP) AS DATE) AS VARCHAR(MAX))
-- before, zoned
"zoned" AT TIME ZONE 'UTC' < CAST('2026-11-22 12:00:00' AS TIMESTAMP)
-- day of zoned
CAST(CAST("zoned" AT TIME ZONE 'UTC' AS DATE) AS VARCHAR(MAX)) = CAST(CAST(CAST("day" AS TIMESTAMP) AS DATE) AS VARCHAR(MAX))
-- distinct values are known
"text" IN (' True ', '1')
-- distinct values are known, not
NOT COALESCE("text" IN (' True ', '1'), FALSE)
-- distinct values are known, blank
("text" IS NULL OR "text" IN ('', '\t'))
-- computed before
m0
-- computed before, not
NOT COALESCE(m0, FALSE)
-- computed before, blank
("text" IS NULL OR m1 = '')
-- computed before, of another value
LOWER(TRIM('{white space}' FROM "other")) IN ('1', '1.0', 'true')
-- values repeat, blank
("text" IS NULL OR TRIM('{white space}' FROM "text") = '')
-- a capital first
NULLIF(TRIM('{white space}' FROM "text"), '') ~ '^([A-Z][a-z]+)$'
-- the guard of what is computed before
(NOT m2 IS NULL)
-- the guard of what is computed before, not
NOT (NOT m2 IS NULL)
