-- a real customer's address in a synthetic record
(
  COALESCE(r0_found, 0) = 1
)
AND (
  NOT (
    COALESCE(r0_shared, 0) = 1
  )
)

(
  COALESCE(r0_shared, 0) = 1
)
AND (
  (
    (
      NOT (
        COALESCE(r0_found, 0) = 1
      )
    ) OR (
      COALESCE(r0_shared, 0) = 1
    )
  )
)
