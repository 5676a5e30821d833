"""Texts of files that tests of the gate cut off, encode, repeat and place."""

from __future__ import annotations

PEOPLE = "LastName,Email\nMoor,a.moor@example.com\nLund,b.lund@example.com\n"
TREE = '{"records": [{"attributes": {"type": "Contact", "referenceId": "C1"}, "LastName": "Moor", "Email": "a@example.com"}'
DUMP = 'BEGIN TRANSACTION;\nCREATE TABLE "Contact" (id INTEGER, "LastName" TEXT, "Email" TEXT);\n'
ROW = "INSERT INTO \"Contact\" VALUES(1,'Moor','a.moor@example.com');\n"
