"""Words that more than one rule asks for: wares, what takes and holds them, what is done at people.

Tables alone; ``company`` and ``makes`` say what they mean beside a name.
"""

ARTICLES = frozenset({"a", "an", "the", "some", "any", "those", "these"})
HOLDERS = frozenset(
    {"pint", "pints", "bottle", "bottles", "can", "cans", "tin", "tins", "jar", "jars", "box",
     "boxes", "pack", "packs", "packet", "packets", "bag", "bags", "glass", "glasses", "cup", "tub",
     "carton", "crate", "crates", "pair", "pairs", "bar", "shot", "drop", "slice", "slices",
     "squirt", "capful", "multipack", "slab", "half", "litre", "spoonful"}
)  # fmt: skip
TAKING = frozenset(
    {"use", "using", "used", "uses", "drink", "drinking", "drinks", "drank", "wear", "wearing",
     "wears", "wore", "drive", "driving", "drives", "drove", "eat", "eating", "ate", "smoke",
     "smoking", "smoked", "smokes", "sip", "sipping"}
)  # fmt: skip
WARES = frozenset(
    {"knife", "knives", "cup", "cups", "flask", "mug", "mugs", "jacket", "coat", "boots",
     "wellies", "shoes", "trainers", "pen", "pens", "hoover", "vacuum", "oven", "mixer",
     "blender", "spread", "margarine", "marge", "yoghurt", "yogurt", "cheese", "sauce",
     "mustard", "biscuits", "crisps", "crackers", "chocolate", "bar", "bars", "milk", "butter",
     "tea", "teabags", "coffee", "whisky", "gin", "rum", "vodka", "lager", "beer", "cider",
     "ale", "bitter", "wine", "squash", "powder", "pods", "liquid", "capsules", "softener",
     "conditioner", "shampoo", "soap", "perfume", "aftershave", "lipstick", "car", "cars",
     "van", "tractor", "lorry", "estate", "convertible", "hatchback", "engine", "garage",
     "dealership", "dealer", "handbag", "watch", "suit", "jeans", "shirt", "polo", "scarf",
     "kettle", "toaster", "razor", "razors", "plates", "china", "pottery", "dish", "tins",
     "clock", "mattress", "bike", "guitar", "piano", "organ", "amp", "doll", "dolls",
     "catalogue", "voucher", "vouchers", "fags", "cigarettes", "hairdryer", "airwrap", "fan",
     "speaker", "advert", "adverts", "sticker", "loaf", "bread", "soup", "jam", "marmalade",
     "cake", "cakes", "tv", "telly", "tablet", "phone", "washer", "dishwasher", "fridge",
     "freezer", "pads", "pants", "liners", "steak", "steaks", "lasagna", "lasagne", "pizza",
     "pizzas", "cookies", "cookie", "candy", "candies", "pie", "pies", "gravy", "dressing",
     "noodles", "ketchup", "mayo", "mayonnaise", "syrup", "cereal", "popcorn", "pretzels",
     "donuts", "doughnuts", "ham", "bacon", "sausages", "sausage", "burger", "burgers",
     "fries", "beans", "peas", "pickles", "relish", "salsa", "cracker", "biscuit", "nuggets",
     "dinners", "ready-meal", "cola", "soda", "lemonade", "juice", "cordial", "bourbon",
     "whiskey", "scotch", "brandy", "sherry", "champagne", "prosecco", "wines", "ales",
     "lagers", "beers", "stout", "tequila", "liqueur", "pouches", "kibble", "outboard",
     "mower", "strimmer", "grill", "cooker", "stove", "sandals", "sneakers",
     "frock", "blouse", "jumper", "wallet", "purse", "sunglasses", "lipsticks", "mascara",
     "foundation", "moisturiser", "moisturizer", "cologne", "deodorant", "toothpaste",
     "detergent", "bleach", "wipes", "nappies", "diapers", "tissues", "vape", "tobacco",
     "cigars", "lighter"}
)  # fmt: skip
AFTER_WARE = frozenset({"and", "or", "instead", "because", "cos", "when", "now", "then", "mainly"})
LOOKING = frozenset(
    {"look", "looks", "looked", "looking", "laugh", "laughed", "laughing", "shout", "shouted",
     "shouting", "stare", "stared", "staring", "angry", "cross", "mad", "annoyed", "furious",
     "smiled", "smiling", "waved", "waving", "pointed", "pointing", "swore", "swearing", "yelled",
     "yelling", "screamed", "screaming", "aimed", "directed", "threw", "glared", "surprised"}
)  # fmt: skip
"""What one does at somebody, who is no place therefore: "laughing at the Princess Royal"."""
