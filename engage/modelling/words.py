"""The words that generated registers are made of: invented or everyday, copied from no list of firms."""

from __future__ import annotations

TRADES = str.split("""
Engineering Joinery Roofing Logistics Homecare Recruitment Digital Catering Fabrications Components
Transport Accountants Nursery Plumbing Electrical Interiors Packaging Therapeutics Systems Timber
Motors Training Scaffolding Flooring Bakery Brewery Cleaning Security Printing Signs Landscapes
Consulting Solicitors Architects Haulage Tooling Coatings Textiles Upholstery Opticians
""")
TWO_TRADES = (
    "Building Services", "Electrical Contractors", "Property Management", "Care Homes", "Food Group Supplies",
    "Precision Engineering", "Training Services", "Business Solutions", "Commercial Cleaning",
    "Dental Practice", "Day Nursery", "Vehicle Hire", "Facilities Management", "Software Solutions",
    "Garden Centre",
)  # fmt: skip
EVERYDAY = str.split("""
Premier Apex Summit Phoenix Crown Elite Direct Express Northern Central Horizon Pinnacle Beacon
Evergreen Acorn Bluebird Heron Kestrel Orchard Riverside Fairway Keystone Matrix Vertex Zenith
Castle Abbey Bridge Anchor Falcon Sterling Regal Mercury Atlas Delta Omega Prime Quantum Unity Vision
""")
SURNAMES = str.split("""
Smith Jones Khan Patel Taylor Hussain Whittle Oakes Adeyemi Karim Marsh Ferris Petrou Lomax Ekwueme
Nair Webb Begum Doyle Nowak Tolan Amadi Brennan Cartwright Dunmore Eastham Fairhurst Garside
Hadfield Ibbotson Jagger Kershaw Lockett Mottram Nuttall Openshaw Pilling Quigley Ramsbottom
Sidebotham Thackray Unsworth Varley Ali Singh Brown Evans Wilson Ahmed Walker Hughes Clarke Murphy
Kaur Chowdhury Okafor Kowalska MacLeod Llewellyn O'Rourke Fitzgerald Szymanska Rahman Chaudhry
Ashworth Butterworth Crabtree Duckworth Entwistle Greenhalgh Heaton Kenyon Leigh Marland Naylor
Ogden Pendlebury Rushton Schofield Tattersall Wolstenholme Yates
""")
FIRST = str.split("""
Joanne Darren Sandra Michael Grace Abdul Lisa Thomas David Elena Paul Siobhan Priya Colin Mohammed
Katherine Stephen Elizabeth Robert Jennifer Daniel Samantha Christopher Fatima Katarzyna Piotr Aisha
Margaret Sean Anthony Deborah Nicola Rhys Catrin Agnieszka Tomasz Imran Zainab Oluwaseun Gurpreet
Andrew Susan Victoria Matthew Rebecca Alan Gillian Philip Karen Ian Helen Mark Julie Peter Emma
""")
PET = {
    "Joanne": "Jo", "Sandra": "Sandy", "Michael": "Mick", "Thomas": "Tom", "David": "Dave",
    "Katherine": "Kate", "Stephen": "Steve", "Elizabeth": "Liz", "Robert": "Bob", "Jennifer": "Jenny",
    "Daniel": "Dan", "Samantha": "Sam", "Christopher": "Chris", "Mohammed": "Muhammad",
    "Katarzyna": "Kasia", "Margaret": "Maggie", "Anthony": "Tony", "Deborah": "Debbie", "Nicola": "Nicky",
    "Agnieszka": "Aga", "Tomasz": "Tomek", "Oluwaseun": "Seun", "Andrew": "Andy", "Susan": "Sue",
    "Victoria": "Vicky", "Matthew": "Matt", "Rebecca": "Becky", "Gillian": "Jill", "Philip": "Phil",
    "Peter": "Pete",
}  # fmt: skip
JOBS = (
    "HR Manager", "Director", "Owner", "Training Lead", "Office Manager", "Operations Manager",
    "Managing Director", "Partner", "Practice Manager", "Finance Director",
)  # fmt: skip
SYLLABLES = str.split("""
ba ber cal dan dor el fen gar hal ket lin mar nor pen ros sel tam tor ver wal wex zan bri cor dun
""")
STREETS = str.split("""
Albion Ashby Bridge Canal Chapel Church Corporation Derby George Grange Hope Jubilee Katherine
Market Mill Mount Oldham Oxford Park Portland Queen Railway School Station Stamford Trinity Union
Victoria Wellington York Brook Moor Lodge Priory Clarence Dale Ferry Hawthorn Peel Turner
""")
KINDS_OF_STREET = {"Street": "St", "Road": "Rd", "Lane": "Ln", "Avenue": "Ave", "Way": "Way"}
# Town → districts of its postcodes. The last ones are invented: not every place is in a gazetteer.
TOWNS = {
    "Hyde": ("SK14",), "Denton": ("M34",), "Ashton-under-Lyne": ("OL6", "OL7"), "Stalybridge": ("SK15",),
    "Mossley": ("OL5",), "Glossop": ("SK13",), "Stevenage": ("SG1", "SG2"), "Hitchin": ("SG4", "SG5"),
    "Letchworth": ("SG6",), "Luton": ("LU1", "LU2", "LU3", "LU4"), "Bury": ("BL9",),
    "Oldham": ("OL1", "OL4"),
    "Stockport": ("SK1", "SK2", "SK3"), "Rochdale": ("OL11", "OL12"), "Salford": ("M5", "M6", "M7"),
    "Bolton": ("BL1", "BL2", "BL3"), "Wigan": ("WN1", "WN3"), "Leigh": ("WN7",),
    "Macclesfield": ("SK10", "SK11"),
    "Manchester": ("M1", "M2", "M3", "M4", "M8", "M11", "M12"), "Cardiff": ("CF10", "CF11", "CF24"),
    "Newport": ("NP19", "NP20"), "Swansea": ("SA1", "SA2"), "Leeds": ("LS1", "LS2", "LS10", "LS11"),
    "Bradford": ("BD1", "BD3"), "Halifax": ("HX1",), "Preston": ("PR1", "PR2"), "Derby": ("DE1", "DE21"),
    "Cambridge": ("CB1", "CB4"), "Bedford": ("MK40", "MK41"), "Wexley Bridge": ("ZV1",),
    "Marsel Green": ("ZV2", "ZV3"), "Torham": ("ZV4",), "Pendale": ("ZV5", "ZV6"), "Norwell": ("ZV7",),
    "Upper Fenside": ("ZV8",),
}  # fmt: skip
CENTRES = ("Business Centre", "House", "Enterprise Park", "Mill", "Innovation Hub")
# What stands in a name column that names nobody.
JUNK = (
    "test", "Test employer", "TBC", "see notes", "various", "unknown employer", "do not use", "duplicate",
    "new company", "xxx", "self employed", "private individual", "moved - ring first",
)  # fmt: skip
PUBLIC = (
    "{town} Community Hospital", "St {saint}'s Primary School", "St {saint}'s Church of England School",
    "{town} Borough Council", "{town} Medical Centre", "{town} and {other} College",
    "{town} Volunteer Bureau", "{town} Citizens Advice", "{town} Housing Association",
    "{saint} House Care Home", "{town} High School",
)  # fmt: skip
SAINTS = str.split("Mary John Peter Anne Paul Joseph Thomas Margaret James Christopher Alban Chad")
