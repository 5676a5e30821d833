-- one violation of each kind
c2 = 1

c3 = 1

(
  c4 = 1
) AND (
  NOT (
    COALESCE(r0_found, 0) = 1
  )
)

(
  (
    (
      c5 = 1
    ) AND (
      COALESCE(r0_found, 0) = 1
    )
  )
  AND (
    NOT (
      COALESCE(r0_influenced, 0) = 1
    )
  )
)
AND (
  NOT (
    COALESCE(r0_real, 0) = 1
  )
)

(
  (
    c5 = 1
  ) AND (
    COALESCE(r0_influenced, 0) = 1
  )
)
AND (
  c6 = 1
)

(
  (
    c5 = 1
  ) AND (
    COALESCE(r0_influenced, 0) = 1
  )
)
AND (
  c7 = 1
)
