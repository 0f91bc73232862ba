"""The invented vocabulary of the demo: people, places, trades. Nobody and no firm in it exists.

Postcode areas MV and SV are valid in shape and not in use; phones come from Ofcom's ranges for drama.
"""

from __future__ import annotations

from dataclasses import dataclass

PARTNERSHIP = "Marlbeck & Stevenport Works"

# First name and what colleagues say instead ("" if nothing): from the languages a UK town hears.
FIRST_NAMES: tuple[tuple[str, str], ...] = tuple(
    (name, nick)
    for name, _, nick in (
        entry.partition(":")
        for entry in (
            "Joanne:Jo Samuel:Sam Katherine:Kath Michael:Mick Aisha: Priya: Mohammed:Mo Siobhán: Wei: Marta: "
            "Darren: Robert:Bob Elizabeth:Liz Christopher:Chris Grace: Tomasz:Tomek Sandra: Abdul: Adil: "
            "Rhys: Margaret:Maggie Anthony:Tony Susan:Sue Patrick:Paddy Yasmin: Oluwaseun:Seun Chidi: Deborah:Debbie "
            "Rebecca:Becky Andrew:Andy Nicola:Nicky Stephen:Steve Farah: Imran: Harpreet: Gurdeep: Agnieszka:Aga "
            "Ruth: Colin: Beth: Thomas:Tom Philippa:Pip Benjamin:Ben Natasha:Tash Kwame: Ama: Dylan: Eleri: "
            "Mihai: Ioana: Fatima: Hassan: Ayesha: Bilal: Jennifer:Jen William:Will Daniel:Dan Matthew:Matt "
            "Alexandra:Alex Lindsey: Geoffrey:Geoff Maureen:Mo Kelechi: Ngozi: Tendai: Rukhsana: Zainab: Pauline: "
            "Gareth: Catrin: Duncan: Morag: Niamh: Cormac: Lakshmi: Arjun: Meera: Suresh: Linh: Minh: Hana: "
            "Katarzyna:Kasia Piotr: Jakub:Kuba Dorota: Leanne: Craig: Tracey: Dean: Hayley: Lee: Stacey: Wayne: "
            "Victoria:Vicky Edward:Ted Frances:Fran Gillian:Gill Timothy:Tim Jacqueline:Jackie Raymond:Ray "
            "Kenneth:Ken Angela:Angie Jonathan:Jon Cassandra:Cass Olivia:Liv Zachary:Zac Roxanne:Roxy Leonard:Len"
        ).split()
    )
)

LAST_NAMES: tuple[str, ...] = tuple(
    (
        "Whittle Oakes Hussain Begum Doyle Nowak Tolan Amadi Adeyemi Karim Marsh Ferris Smith Petrou Chen Lomax "
        "Ekwueme O'Connor Nair Webb Patel Khan Hargreaves Ogden Schofield Mistry Chaudhry Kowalska Wójcik Brennan "
        "Gallagher Thwaite Ramsden Okafor Mensah Owusu Boateng Singh Kaur Gill Sandhu Malik Iqbal Rashid Mahmood "
        "Entwistle Barraclough Sugden Cartledge Fielding Greenhalgh Haworth Jagger Kershaw Lumb Metcalfe Naylor "
        "Ormerod Pickles Ridings Stott Tattersall Unsworth Varley Wadsworth Yates Ashworth Broadbent Clegg Duckworth "
        "Pritchard Llewellyn Bevan Vaughan Rees Macleod Sutherland Farquhar Nguyen Tran Pham Popescu Ionescu Horvat "
        "Silva Ferreira Moreno Rossi Conti Haddad Nasser Farouk Abdi Warsame Hersi Bello Nwosu Eze Chukwu Banda Moyo "
        "Sibanda Ncube Takahashi Kim Park Liu Wong Zhang Huang Cheung Desai Joshi Kulkarni Rao Menon Pillai "
        "Fernando Perera Gunawardena Rahman Miah Uddin Chowdhury Ali Ahmed Akhtar Bibi Shah Hall Turner Carter Baker "
        "Cooper Ward Parker Hughes Edwards Collins Stewart Morris Rogers Reed Cook Bell Murphy Bailey Kelly Howard "
        "Cox Richardson Wood Watson Brooks Bennett Gray James Hughes-Reid Barnes-Okoro"
    ).split()
)

# First words of firms' names. Coined, or words that any trade could carry.
MARKS: tuple[str, ...] = tuple(
    (
        "Alderfold Amberline Anvilgate Arkwell Ashlar Aspencroft Bankfoot Barleymere Beaconhurst Birchway Blackthorn "
        "Blakemoor Bluewater Bramhope Brightwell Brockholt Calderwick Camfield Carrowmere Castlebeck Cinderhill "
        "Clearpath Cloughside Cobaltic Copperfold Corvane Cragside Crestmoor Crosslane Dalewood Danebrook Delphside "
        "Dovecote Drystone Eastmere Edgefold Elmbridge Emberlow Fairholt Fellgate Fernbank Finchley-Moss Flaxmoor "
        "Foundryline Foxhollow Gablecroft Gatehead Glenmarsh Goldcrest Granary Greenholt Greyfriar Halewood Hartfell "
        "Hawkshead-Lane Hazelmere Heathergate Helmshore Highcroft Hollinbrook Honeywood Ironbridge-Row Ivybank "
        "Jubilee Juniper Kelbrook Kilnwick Kingfold Kirkmoor Ladybrook Langdale-Row Larkfield Ledgerpoint Limefield "
        "Linkway Lodestar Longmeadow Lowerfold Maplehurst Marlfield Meadowgate Merebank Millrace Moorview Mossgate "
        "Netherby Newfold Nightjar Norbeck Northmere Oakenshaw Oldfield-Row Orchardleigh Osprey Otterburn-Lane "
        "Packhorse Pennybank Pikestone Pinfold Plumtree Quarryside Quayline Quillet Ravenscar Redfern Ridgeway "
        "Rookhope Rosegarth Rowanlea Saltergate Sandholme Seabrook-Hill Shawclough Silverdale-Row Skylark Slatefell "
        "Snowberry Springbank Stanehurst Starling Stonecrop Summerseat Sunnyhurst Swallowfield Sycamore Tallisker "
        "Tanpits Tarnside Teasel Thistledown Thornhey Three-Owls Tollgate Topaz Towerfold Trelliswork Turnpike "
        "Umberstone Upperwood Valleyfield Verdigris Wainstones Walkmill Waterfold Weavergate Westholme Wharfeline "
        "Wheatcroft Whinberry Whitegate Wildbrook Willowbank Windleford Wolfstone Woodhey Wrenfield Yarrowby Zephyrine"
    ).split()
)

STREETS: tuple[str, ...] = tuple(
    (
        "Mill Lane;Station Road;Canal Street;Foundry Way;Market Place;Wellington Street;Bridge Street;Park Road;"
        "Enterprise Way;Albion Street;Victoria Road;Hope Street;Orchard Close;Union Street;Crown Street;Dock Road;"
        "Navigation Way;Chapel Street;Quarry Road;Innovation Drive;Loom Street;Tanyard Lane;Harbour Road;Kiln Lane"
    ).split(";")
)


@dataclass(frozen=True, slots=True)
class Town:
    """A town: its outward postcodes and the dialling code of its phones."""

    name: str
    outward: tuple[str, ...]
    dial: str


TOWNS: tuple[Town, ...] = (
    Town("Marlbeck", ("MV1", "MV2", "MV3"), "0161 496"),
    Town("Hollinford", ("MV5", "MV6"), "0161 496"),
    Town("Ashcombe Bridge", ("MV8",), "0161 496"),
    Town("Stevenport", ("SV1", "SV2", "SV4"), "01632 960"),
    Town("Thornvale", ("SV7",), "01632 960"),
    Town("Quayhaven", ("SV10",), "01632 960"),
)


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business: the words of its name, its sector and SIC code, its usual size."""

    words: str
    sector: str
    sic: str
    low: int
    high: int


def _trades(sector: str, lines: str) -> tuple[Trade, ...]:
    parsed = (line.split("|") for line in lines.split(";"))
    return tuple(Trade(words, sector, sic, int(low), int(high)) for words, sic, low, high in parsed)


TRADES: tuple[Trade, ...] = (
    *_trades(
        "Advanced manufacturing",
        "Precision Engineering|25620|12|180;Components|28150|20|240;Castings|24510|15|120;Fabrications|25110|8|90;"
        "Plastics Manufacturing|22290|20|260;Packaging|17219|30|300;Textiles|13300|10|140;Tooling|25730|5|60",
    ),
    *_trades(
        "Health and social care",
        "Homecare|88100|15|220;Care Services|87300|20|160;Residential Care|87300|18|90;Dental Practice|86230|6|30;"
        "Supported Living|88100|20|150;Nursing Home|87100|30|110",
    ),
    *_trades(
        "Construction",
        "Construction|41202|10|250;Roofing|43910|2|25;Joinery|43320|2|30;Electrical Contractors|43210|4|80;"
        "Groundworks|43120|5|60;Plumbing & Heating|43220|2|40;Building Services|43290|8|120;Civil Engineering|42110|20|300",
    ),
    *_trades(
        "Digital and creative",
        "Digital|62012|3|60;Software|62012|4|120;Media|59111|2|40;Studios|74100|2|25;Data Systems|62020|6|150;"
        "Cyber Security|62090|4|70",
    ),
    *_trades(
        "Logistics",
        "Logistics|49410|20|400;Haulage|49410|6|90;Distribution|52103|30|500;Couriers|53202|4|60;Warehousing|52103|25|260",
    ),
    *_trades(
        "Hospitality and visitor economy",
        "Hotel|55100|15|120;Catering|56210|5|70;Brewery|11050|4|40;Leisure|93110|10|150;Café|56102|2|14;"
        "Events|82301|3|30",
    ),
    *_trades(
        "Life sciences",
        "Therapeutics|72110|10|180;Diagnostics|72110|12|140;Biotech|72110|8|90;Medical Devices|32500|20|220",
    ),
    *_trades(
        "Retail and services",
        "Garden Centre|47760|8|60;Motors|45112|6|80;Furniture|47591|3|40;Cleaning Services|81210|10|200;"
        "Payroll Services|69202|3|30;Insurance Brokers|66220|4|60;Recruitment|78109|5|50;Security|80100|15|180;"
        "Upholstery|95240|2|12;Timber Merchants|46730|6|50",
    ),
)

JOB_TITLES: tuple[str, ...] = (
    "Managing Director",
    "HR Manager",
    "Operations Manager",
    "Training Lead",
    "Owner",
    "Head of Talent",
    "Office Manager",
    "Finance Director",
    "Apprenticeship Lead",
    "Site Manager",
    "General Manager",
    "Recruitment Manager",
    "Workshop Manager",
    "HR Business Partner",
    "Director",
    "Learning & Development Manager",
)

STAFF: dict[str, tuple[str, ...]] = {
    "council": ("Helen Rowbotham", "Nadeem Aslam", "Carys Powell", "Jude Fenwick"),
    "college": ("Sunita Verma", "Paul Haslam", "Ewa Zielinska", "Theo Grant"),
    "jobcentre": ("D Marsden", "R Osei", "L Tunstall"),
    "chamber": ("Fiona Crabtree", "Jasdeep Bains", "Oliver Nunn"),
    "university": ("Dr Miriam Stein", "Callum Roy", "Ifeoma Obi"),
}
