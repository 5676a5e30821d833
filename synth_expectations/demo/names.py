"""Invented people's names and mailboxes; no list of real people was used."""

from __future__ import annotations

import unicodedata

_FIRST = (
    "Ada Agnes Aisha Alan Alba Amara Anders André Anika Anton Arjun Astrid Beatriz Björn Bruno Carla Cedric Chiara"
    " Chloé Clara Dalia Daniel Darius Dorothea Édith Edwin Elif Elena Emil Emre Ewa Farah Felix Fiona François Gemma"
    " Georg Grace Hanna Hassan Helga Hugo Ida Imogen Inès Isaac Ivana Jakob Jamal Jana Jörg José Julia Kaja Kareem"
    " Katrin Kofi Lena Leo Lucía Ludwig Magda Malik Marek Marta Maya Milan Mona Nadia Nils Nora Olga Omar Óscar Paula"
    " Petra Priya Quentin Rachel Rafael René Rosa Samir Sara Selma Simon Sofia Søren Stella Tariq Tessa Thea Tomás"
    " Uma Ursula Vera Victor Wanda Wilma Xenia Yara Yusuf Zoë Zora"
)
FIRST_NAMES = tuple(_FIRST.split())
"""Some with accents."""

_LAST = (
    "Abbot Acker Adebayo Almeida Ashdown Baptiste Barlow Berg Bianchi Blom Braddock Brandt Calder Castellan Chaudhry"
    " Conti Cosgrove Crowther Dahl Delacroix Demir Dobson Dubois Eklund Ellery Esposito Faber Falk Fenwick Ferreira"
    " Fischer Flores Gallagher García Giordano Greenhalgh Groß Haddad Halvorsen Hartwell Hoffmann Holt Ibáñez Iversen"
    " Jankowski Jensen Kamara Kaplan Keller Kowalski Krüger Lacroix Langley Larsen Lindqvist Lovell Łukasik Maddox"
    " Mahmoud Marchetti Mbeki Mendes Moreau Mühlbauer Nakamura Neumann Novák Nyström Oakley Obi Okafor Olsen Ortega"
    " Pereira Petrov Pemberton Quist Ramsden Rasmussen Ridley Rossi Rousseau Saleh Sandoval Schäfer Sharma Silva Sørlie"
    " Sutcliffe Szabo Tanaka Thackeray Underhill Vance Varga Vogel Wakefield Weiß Whitlock Winther Yilmaz"
    " Zeller Ziegler"
)
LAST_NAMES = tuple(_LAST.split())
"""Some with accents."""

ACCENTED_FIRST_NAMES = tuple(name for name in FIRST_NAMES if not name.isascii())
ACCENTED_LAST_NAMES = tuple(name for name in LAST_NAMES if not name.isascii())

MAILBOXES = ("harrowpost.mail", "kestrelbox.mail", "northquay.mail", "lindenpost.mail", "millrace.corp", "tallyho.corp")
"""Of the people who stand for real ones: they look like a company's, are not reserved, and can be no one's, for ICANN
does not delegate .mail and .corp."""

TEST_MAILBOXES = ("example.com", "example.net", "example.org", "crm.test")
"""Of synthetic people: reserved."""

_BARE = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"})


def to_ascii(name: str) -> str:
    """Return a name without accents: `Zoe Gross` for `Zoë Groß`."""
    decomposed = unicodedata.normalize("NFD", name.translate(_BARE))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
