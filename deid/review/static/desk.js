// What the pages do beyond reading: everything here is a convenience, and every page works without it.
"use strict";

document.documentElement.classList.add("has-script");
