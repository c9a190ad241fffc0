"""Countries as tables of visa requirements name them: by ISO 3166 alpha-2 or alpha-3 code, or in English."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from planner.core.errors import did_you_mean
from planner.scenario.reading.countries import countries, country_hint

# Each alpha-3 code with its alpha-2 code (source: ISO 3166-1); Kosovo, which has neither, under what is used for it.
_ALPHA_3 = (
    "ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI "
    "BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT "
    "BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU "
    "CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET "
    "FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR "
    "GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR "
    "IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB "
    "LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH "
    "MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE "
    "NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL "
    "PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ "
    "SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC "
    "TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY "
    "USAUS UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW UNKXK RKSXK XKXXK "
)
# Names in use beside those of the time-zone data, as `_plain` makes them.
_ALSO = {
    "britain": "GB", "brunei darussalam": "BN", "burma": "MM", "cabo verde": "CV", "central african republic": "CF",
    "congo": "CG", "congo brazzaville": "CG", "congo kinshasa": "CD", "czechia": "CZ",
    "democratic peoples republic korea": "KP", "democratic republic congo": "CD", "dr congo": "CD", "eswatini": "SZ",
    "federated states micronesia": "FM", "great britain": "GB", "holy see": "VA", "hong kong sar": "HK",
    "ivory coast": "CI", "kosovo": "XK", "lao pdr": "LA", "macao": "MO", "macedonia": "MK", "myanmar": "MM",
    "north korea": "KP", "republic congo": "CG", "republic korea": "KR", "republic moldova": "MD",
    "russian federation": "RU", "samoa": "WS", "slovak republic": "SK", "south korea": "KR",
    "st vincent grenadines": "VC", "state palestine": "PS", "swaziland": "SZ", "syrian arab republic": "SY",
    "timor leste": "TL", "turkiye": "TR", "uae": "AE", "uk": "GB", "united kingdom": "GB",
    "united states america": "US", "usa": "US", "vatican": "VA", "viet nam": "VN",
}  # fmt: skip


def state(text: str) -> str | None:
    """The alpha-2 code of the country meant, or None."""
    upper = text.strip().upper()
    if upper in countries():
        return upper
    return _by_alpha_3().get(upper) or _by_name().get(_plain(text))


def alpha_3(code: str) -> str | None:
    """The alpha-2 code of the country with that alpha-3 code, or None."""
    return _by_alpha_3().get(code)


def state_hint(text: str) -> str:
    """A guess at the country meant, or how countries are written."""
    near = did_you_mean(text.strip(), list(countries().values()))
    return country_hint(text) or near or "a country by ISO 3166 code ('MX', 'MEX') or English name ('Mexico')"


@lru_cache(maxsize=1)
def _by_alpha_3() -> dict[str, str]:
    return {pair[:3]: pair[3:] for pair in "".join(_ALPHA_3).split()}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {_plain(name): code for code, name in countries().items() if name != code} | _ALSO


def _plain(name: str) -> str:
    """A name without accents, signs and small words: «Côte d'Ivoire» is «cote divoire»."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    words = re.findall(r"\w+", re.sub("['’]", "", bare).lower())
    return " ".join({"saint": "st"}.get(word, word) for word in words if word not in ("and", "of", "the"))
