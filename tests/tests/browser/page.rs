//! The pages that a person meets, and what tells each from the others.

pub(crate) struct Page {
    /// What its pictures are called.
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) status: u16,
    /// XPath of an element that no other page has.
    pub(crate) mark: &'static str,
}

const fn page(name: &'static str, title: &'static str, status: u16, mark: &'static str) -> Page {
    Page { name, title, status, mark }
}

// PrintMyPics
pub(crate) const START: Page = page(
    "start",
    "Your photos on paper – PrintMyPics",
    200,
    "//main[not(.//*[@role='status'])]//button[.='Connect to CloudVault']",
);
pub(crate) const DISCONNECTED: Page = page(
    "disconnected",
    "Your photos on paper – PrintMyPics",
    200,
    "//main[.//*[@role='status']]//button[.='Connect to CloudVault']",
);
pub(crate) const CONNECTED: Page =
    page("connected", "Your photos on paper – PrintMyPics", 200, "//a[.='See your photos']");
pub(crate) const PHOTOS: Page =
    page("photos", "Your photos – PrintMyPics", 200, "//h1[.='Your photos']");
pub(crate) const CANCELLED: Page =
    page("cancelled", "You cancelled – PrintMyPics", 200, "//h1[.='You cancelled']");
pub(crate) const NOT_WAITING: Page = page(
    "not-waiting",
    "No login is waiting here – PrintMyPics",
    400,
    "//h1[.='No login is waiting here']",
);
pub(crate) const CONNECTED_ALREADY: Page = page(
    "connected-already",
    "You are connected already – PrintMyPics",
    400,
    "//h1[.='You are connected already']",
);
pub(crate) const STRAY: Page = page(
    "stray",
    "That answer is not for you – PrintMyPics",
    400,
    "//h1[.='That answer is not for you']",
);
pub(crate) const OLD_PAGE: Page = page(
    "old-page",
    "That page was out of date – PrintMyPics",
    403,
    "//h1[.='That page was out of date']",
);
pub(crate) const NOT_FOUND: Page = page(
    "not-found",
    "There is no such page – PrintMyPics",
    404,
    "//h1[.='There is no such page']",
);

// CloudVault
pub(crate) const SIGN_IN: Page = page(
    "sign-in",
    "Sign in – CloudVault",
    200,
    "//main[not(.//*[@role='alert'])]/h1[.='Sign in']",
);
pub(crate) const WRONG_PASSWORD: Page = page(
    "wrong-password",
    "Sign in – CloudVault",
    400,
    "//main[.//*[@role='alert']]/h1[.='Sign in']",
);
pub(crate) const CONSENT: Page =
    page("consent", "Allow access? – CloudVault", 200, "//h1[.='PrintMyPics wants to:']");
pub(crate) const OUT_OF_DATE: Page = page(
    "out-of-date",
    "This page is out of date – CloudVault",
    400,
    "//h1[.='This page is out of date']",
);
