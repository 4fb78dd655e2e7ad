"""Names that people have, in the spellings in which systems show them, and how to write one in Latin letters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from random import Random

__all__ = ["PEOPLES", "WORDS", "FullName", "Part", "People", "draw_name", "latin"]


@dataclass(frozen=True, slots=True)
class Part:
    """A given or a family name: as its bearer writes it, other spellings in Latin letters, short forms."""

    native: str
    spellings: tuple[str, ...]
    short: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form that may be met, each once."""
        return tuple(dict.fromkeys((self.native, *self.spellings, *self.short)))


def _script(text: str) -> str:
    return unicodedata.name(text[0]).partition(" ")[0]


@dataclass(frozen=True, slots=True)
class FullName:
    """A person's name at one time. A mononym has no family name."""

    given: Part
    family: Part | None

    def latin_given(self) -> str:
        """The given name in Latin letters."""
        return self.given.spellings[0]

    def latin_family(self) -> str:
        """The family name in Latin letters, "" for a mononym."""
        return self.family.spellings[0] if self.family else ""

    def latin(self) -> str:
        """The name in Latin letters, given name first."""
        return f"{self.latin_given()} {self.latin_family()}".strip()

    def native(self) -> str:
        """The name in its own letters, Chinese without a space and the family first. Two scripts are not mixed."""
        if self.family is None:
            return self.given.native
        script, other = _script(self.given.native), _script(self.family.native)
        if script != other:
            return self.latin()
        if script == "CJK":
            return self.family.native + self.given.native
        return f"{self.given.native} {self.family.native}"


@dataclass(frozen=True, slots=True)
class People:
    """A pool of names that go together, and how many of a hundred employees bear one."""

    share: float
    givens: tuple[Part, ...]
    families: tuple[Part, ...] = field(default=())


_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "þ": "th", "ð": "d"}
)


def latin(text: str) -> str:
    """Letters without marks: Łukasz is Lukasz. Other scripts stay as they are."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(char for char in plain if not unicodedata.combining(char))


def _part(entry: str) -> Part:
    """`native|spelling|spelling:short,short`, blanks inside written as `_`."""
    names, _, short = entry.partition(":")
    native, *spellings = names.replace("_", " ").split("|")
    return Part(native, tuple(spellings) or (latin(native),), tuple(short.split(",")) if short else ())


def _parts(text: str) -> tuple[Part, ...]:
    return tuple(_part(entry) for entry in text.split())


_ENGLISH_GIVEN = _parts(
    "Robert:Bob,Rob William:Bill,Will Richard:Rick,Dick James:Jim,Jamie Katherine:Kate,Kathy Elizabeth:Liz,Beth "
    "Margaret:Meg,Peggy Michael:Mike,Mick Thomas:Tom,Tommy Edward:Ed,Ted Christopher:Chris,Kit Anthony:Tony,Ant "
    "Jennifer:Jen,Jenny Rebecca:Becky,Becca Susan:Sue,Suzy Patricia:Pat,Trish Deborah:Deb,Debbie Andrew:Andy,Drew "
    "Nicholas:Nick,Nico Benjamin:Ben,Benny Samuel:Sam,Sammy Matthew:Matt,Matty Joseph:Joe,Joey Daniel:Dan,Danny "
    "David:Dave,Davy Stephen:Steve,Stevie Timothy:Tim,Timmy Gregory:Greg,Gregg Jonathan:Jon,Jonny Victoria:Vicky,Tori "
    "Alexandra:Alex,Lexi Jacqueline:Jackie,Jacqui Theodore:Theo,Teddy Frederick:Fred,Freddie Abigail:Abby,Gail "
    "Dana Ruth Claire Helen Laura Grace Oscar Simon Neil Owen Colin Hazel Ivy Rose Martha Audrey Naomi Esther Judith "
    "Heather Amber Paige Brooke Morgan Jordan Taylor Avery Quinn Riley Casey Logan Mason Carter Tyler Kyle Brandon "
    "Justin Ryan Kevin Brian Keith Craig Scott Dennis Roger Wayne Glenn Todd Derek Marcus Julian Adrian Felix Hugo "
    "Leonard Vincent Walter Harold Eugene Bernard Clifford Stanley Norman Gordon Graham Duncan Angus Fiona Isla Aileen "
    "Moira Sheila Bridget Maureen Colleen Deirdre Siobhan Niamh Aoife Ciara Orla Saoirse Tamara Monica Veronica Teresa "
    "Lydia Miriam Leah Rachel Hannah Sarah Alice Emma Olivia Sophie Chloe Lucy Ella Mia Zoe Nora Iris Vera June"
)
_HEADS = (
    "Ash Black Brook Clay Dun East Fair Gold Hart Holm King Lang Marl North Oak Park Red Rush Stan Thorn Under Wal "
    "West Whit Win Wood Haw Lind Mill Sher"
)
_TAILS = "ford wood ley ton field well by worth stead combe mere ridge bourne wick"
_ENGLISH_FAMILY = _parts(
    " ".join(head + tail for head in _HEADS.split() for tail in _TAILS.split())
    + " Smith Jones Brown Wilson Evans Thomas Roberts Johnson Lewis Walker Robinson Wright Thompson White "
    "Hughes Edwards "
    "Green Hall Martin Clarke Turner Hill Cooper Ward Moore Baker Harrison O'Brien O'Neill McDonald Smith-Jones Kim Lee"
)
WORDS = _parts("Price Sales Service Bot Page Field Case Lead Root Block Form Robot Hook Post Mailer Data")
"""Family names that mean something to a program."""

PEOPLES = (
    People(64, _ENGLISH_GIVEN, _ENGLISH_FAMILY),
    People(
        8,
        _parts(
            "Jürgen|Juergen|Jurgen Jörg|Joerg|Jorg Günther|Guenther|Gunther Björn|Bjoern|Bjorn Hans Karl Uwe Ralf "
            "Stefan:Steff Andreas:Andi Matthias:Matze Katharina:Kathi,Käthe Ursula:Uschi Wolfgang:Wolf Sabine Heike "
            "Anke Birgit Petra Monika Silke Antje Frauke Maike Johannes:Hannes Maximilian:Max Friederike:Rike Torsten"
        ),
        _parts(
            "Müller|Mueller|Muller Schäfer|Schaefer|Schafer Köhler|Koehler|Kohler Krüger|Krueger|Kruger "
            "Größ|Groess|Gross Weiß|Weiss Jäger|Jaeger|Jager Böhm|Boehm|Bohm Schmidt Weber Becker Hoffmann Koch Bauer "
            "Richter Klein Wolf Neumann Schwarz Zimmermann Braun Hofmann Lange Krause Lehmann Vogel Seidel Brandt"
        ),
    ),
    People(
        7,
        _parts(
            "Łukasz Katarzyna:Kasia Małgorzata:Gosia Aleksandra:Ola Agnieszka:Aga Piotr Krzysztof:Krzysiek "
            "Stanisław:Staszek Joanna:Asia Magdalena:Magda Tomasz:Tomek Paweł Michał Grzegorz:Grzesiek Zofia:Zosia "
            "Jakub:Kuba Wojciech:Wojtek Barbara:Basia Elżbieta:Ela Rafał Bartłomiej:Bartek Anna:Ania Ewa Dorota"
        ),
        _parts(
            "Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski "
            "Jankowski "
            "Mazur Kwiatkowski Krawczyk Piotrowski Grabowski Nowak Pawłowski Michalski Król Wieczorek Jabłoński Wróbel"
        ),
    ),
    People(
        7,
        _parts(
            "José:Pepe Francisco:Paco,Pancho María Concepción:Concha Ignacio:Nacho Guadalupe:Lupe Jesús:Chuy "
            "Dolores:Lola Eduardo:Edu Enrique:Quique Begoña Iñaki Íñigo Ángel Mónica Andrés Sofía Lucía Raúl Rocío "
            "Tomás Martín Inés Belén Rafael:Rafa Antonio:Toño Isabel:Isa Alejandro:Ale,Jandro Santiago:Santi"
        ),
        _parts(
            "Peña Núñez Muñoz Ibáñez Yáñez Ordóñez García Fernández González Rodríguez López Martínez Sánchez Pérez "
            "Gómez Jiménez Ruiz Hernández Díaz Álvarez Moreno Romero Navarro Domínguez Vázquez "
            "García_López|Garcia_Lopez"
        ),
    ),
    People(
        2.5,
        _parts(
            "Hoa Lan Minh Tuấn Hùng Dũng Phương Thảo Linh Trang Hương Đức Quân Việt Sơn Hải Thủy Ngọc Yến Khoa "
            "Bảo Quỳnh "
            "Thị_Hoa|Hoa Văn_Minh|Minh Anh_Tuấn|Tuan Thanh_Hà|Ha"
        ),
        _parts("Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý"),
    ),
    People(
        3,
        _parts(
            "芳|Fang 伟|Wei 娜|Na 敏|Min 静|Jing 丽|Li 强|Qiang 磊|Lei 军|Jun 洋|Yang 勇|Yong 艳|Yan 杰|Jie 娟|Juan "
            "涛|Tao 明|Ming 超|Chao 秀英|Xiuying 霞|Xia 平|Ping 刚|Gang 桂英|Guiying 晓明|Xiaoming 建华|Jianhua "
            "志强|Zhiqiang"
        ),
        _parts(
            "王|Wang 李|Li 张|Zhang 刘|Liu 陈|Chen 杨|Yang 赵|Zhao 黄|Huang 周|Zhou 吴|Wu 徐|Xu 孙|Sun 胡|Hu 朱|Zhu"
        ),
    ),
    People(
        3.5,
        _parts(
            "Александра|Aleksandra|Alexandra:Sasha,Саша Александр|Aleksandr|Alexander:Sasha,Sanya "
            "Екатерина|Ekaterina:Katya Дмитрий|Dmitry|Dmitrii:Dima Мария|Maria:Masha Владимир|Vladimir:Vova "
            "Наталья|Natalya|Natalia:Natasha Евгений|Evgeny|Yevgeny:Zhenya Татьяна|Tatyana:Tanya "
            "Анастасия|Anastasia:Nastya "
            "Михаил|Mikhail:Misha Иван|Ivan:Vanya Юлия|Yulia|Julia:Yulya Сергей|Sergey|Sergei:Seryozha Ольга|Olga:Olya "
            "Андрей|Andrey|Andrei Павел|Pavel:Pasha Ирина|Irina:Ira Елена|Elena|Yelena:Lena Николай|Nikolay:Kolya"
        ),
        _parts(
            "Петренко|Petrenko Шевченко|Shevchenko Коваленко|Kovalenko Бондаренко|Bondarenko Ткаченко|Tkachenko "
            "Кравченко|Kravchenko Мельник|Melnyk|Melnik Поліщук|Polishchuk Лысенко|Lysenko Савченко|Savchenko "
            "Руденко|Rudenko Марченко|Marchenko Щербак|Shcherbak Юрченко|Yurchenko Зайченко|Zaichenko Гончар|Honchar"
        ),
    ),
    People(
        4.5,
        _parts(
            "Ravi Priya Anjali Sanjay Vikram:Vik Lakshmi:Laxmi Deepak Sunita Arjun Kavita Rajesh:Raj Meera "
            "Suresh Divya "
            "Aditya:Adi Pooja Nikhil Sneha Karthik Ananya Rohan Shreya Venkatesh:Venkat Harish Padma Gopal Uma Naveen"
        ),
        _parts(
            "Menon Iyer Sharma Patel Gupta Reddy Nair Chatterjee Mukherjee Banerjee Rao Desai Joshi Kulkarni Pillai "
            "Agarwal Bhat Chowdhury Srinivasan Subramanian Krishnan Varma Shetty Kapoor Malhotra"
        ),
    ),
    People(
        0.5,
        _parts(
            "Suharto Dewi Wulandari Budiono Sukarni Pranoto Kartika Hartati Sumarno Widodo Susanti Yuliana Sutrisno "
            "Wahyuni Sugiarto Handoko Purnomo Rahayu Setiawan Lestari Mulyadi Hidayat Nurhayati Supriyadi Utami Zainab"
        ),
    ),
)
"""Peoples by share of the staff. The last one has one name only."""


def draw_name(random: Random, *, word: bool = False) -> FullName:
    """A name by the shares of the staff; `word`: its family name means something to a program."""
    if word:
        return FullName(random.choice(PEOPLES[0].givens), random.choice(WORDS))
    people = random.choices(PEOPLES, [pool.share for pool in PEOPLES])[0]
    return FullName(random.choice(people.givens), random.choice(people.families) if people.families else None)
