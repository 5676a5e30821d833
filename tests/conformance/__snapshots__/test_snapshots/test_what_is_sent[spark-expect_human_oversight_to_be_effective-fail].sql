-- one violation of each kind
c2 = 1

c3 = 1

c4 = 1

c5 = 1

c6 = 1

c7 = 1

c8 = 1

c9 = 1

COALESCE(r0_too_many, 0) = 1

c10 = 1
