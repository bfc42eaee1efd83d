//! As much HTML as it takes to fill in a form.

/// A form as a browser sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Where it is sent.
    pub action: String,
    /// How it is sent, in upper case.
    pub method: String,
    /// Names and initial values of its inputs.
    pub fields: Vec<(String, String)>,
    /// Names of the inputs that a person sees.
    pub blanks: Vec<String>,
    /// Its buttons, wherever they stand on the page.
    pub buttons: Vec<Button>,
    /// Its name on the page.
    pub id: String,
}

/// A button that sends a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Button {
    /// What is written on it.
    pub label: String,
    /// What it adds to the form; one without a name adds nothing.
    pub name: String,
    /// The value that it adds.
    pub value: String,
}

impl Form {
    /// The forms of a page, in order.
    #[must_use]
    pub fn read(html: &str) -> Vec<Self> {
        let mut forms: Vec<Self> = Vec::new();
        let mut open = false;
        for tag in tags(html) {
            let value = |name| tag.attribute(name).unwrap_or_default();
            match tag.name {
                "form" => {
                    open = true;
                    forms.push(Self {
                        action: value("action"),
                        method: value("method").to_ascii_uppercase(),
                        id: value("id"),
                        ..Self::default()
                    });
                }
                "/form" => open = false,
                "input" | "button" => {
                    let owner = match tag.attribute("form") {
                        Some(id) => forms.iter_mut().find(|form| form.id == id),
                        None => forms.last_mut().filter(|_| open),
                    };
                    if let Some(form) = owner {
                        form.add(&tag);
                    }
                }
                _ => {}
            }
        }
        forms
    }

    fn add(&mut self, tag: &Tag<'_>) {
        let value = |name| tag.attribute(name).unwrap_or_default();
        let (name, kind) = (value("name"), value("type"));
        match (tag.name, kind.as_str()) {
            ("button", _) => {
                let label = unescape(tag.text.trim());
                self.buttons.push(Button { label, name, value: value("value") });
            }
            (_, "submit") => {
                self.buttons.push(Button { label: value("value"), name, value: value("value") });
            }
            _ => {
                if kind != "hidden" {
                    self.blanks.push(name.clone());
                }
                self.fields.push((name, value("value")));
            }
        }
    }

    /// Whether a person sees an input of that name.
    #[must_use]
    pub fn asks_for(&self, name: &str) -> bool {
        self.blanks.iter().any(|blank| blank == name)
    }

    /// Types a value into every input of that name.
    pub fn fill(&mut self, name: &str, value: &str) {
        for (_, current) in self.fields.iter_mut().filter(|(field, _)| field == name) {
            value.clone_into(current);
        }
    }

    /// Presses the first button whose label passes: it becomes one of the fields.
    ///
    /// Returns whether there is such a button.
    pub fn press(&mut self, is_right: impl Fn(&str) -> bool) -> bool {
        let Some(button) = self.buttons.iter().find(|button| is_right(&button.label)) else {
            return false;
        };
        if !button.name.is_empty() {
            self.fields.push((button.name.clone(), button.value.clone()));
        }
        true
    }

    /// The body that the form sends.
    #[must_use]
    pub fn body(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.fields).finish()
    }
}

/// The texts of all elements of that name that hold nothing but text, in order.
#[must_use]
pub fn texts(html: &str, element: &str) -> Vec<String> {
    let end = format!("/{element}");
    let pairs = tags(html).zip(tags(html).skip(1));
    let closed = pairs.filter(|(tag, next)| tag.name == element && next.name == end);
    closed.map(|(tag, _)| unescape(tag.text.trim())).collect()
}

/// The links of a page: their texts and where they lead.
pub(super) fn links(html: &str) -> impl Iterator<Item = (String, String)> {
    let links = tags(html).filter(|tag| tag.name == "a");
    links.filter_map(|tag| Some((unescape(tag.text.trim()), tag.attribute("href")?)))
}

struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
    /// What stands between it and the next tag.
    text: &'a str,
}

impl Tag<'_> {
    fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.attributes;
        while let Some((name, quoted)) = rest.split_once("=\"") {
            let (value, after) = quoted.split_once('"')?;
            // Attributes without a value may come before this one's name.
            if name.split_ascii_whitespace().last() == Some(wanted) {
                return Some(unescape(value));
            }
            rest = after;
        }
        None
    }
}

/// Every tag whose attributes are quoted twice or have no value, as this server writes them.
fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    html.split('<').skip(1).filter_map(|text| {
        let (tag, text) = text.split_once('>')?;
        let (name, attributes) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
        Some(Tag { name, attributes, text })
    })
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cloudvault::pages::escape;

    #[test]
    fn a_form_is_read_with_its_fields_and_buttons() {
        let text = r#"&<>"'&amp;"#;
        let html = format!(
            r#"<input name="outside" value="1">
            <form id="f" method="post" action="/go"><input type="hidden" name="a" value="{}">
            <input required name="b"><button name="c" value="yes">Yes &amp; go on</button>
            <input type="submit" value="Plain"></form>
            <button name="d" value="outside">No</button>
            <button form="f" name="e" value="1">[ Abort ]</button>"#,
            escape(text)
        );
        let button = |label: &str, name: &str, value: &str| Button {
            label: label.to_owned(),
            name: name.to_owned(),
            value: value.to_owned(),
        };
        let mut forms = Form::read(&html);
        assert_eq!(
            forms,
            [Form {
                action: "/go".to_owned(),
                method: "POST".to_owned(),
                fields: vec![("a".to_owned(), text.to_owned()), ("b".to_owned(), String::new())],
                blanks: vec!["b".to_owned()],
                buttons: vec![
                    button("Yes & go on", "c", "yes"),
                    button("Plain", "", "Plain"),
                    button("[ Abort ]", "e", "1"),
                ],
                id: "f".to_owned(),
            }]
        );
        assert!(!forms[0].asks_for("a"));
        assert!(forms[0].asks_for("b"));
        assert!(!forms[0].press(|label| label == "No"));
        assert!(forms[0].press(|label| label == "Plain"));
        assert!(forms[0].press(|label| label.starts_with("Yes")));
        forms[0].fill("a", "1 & 2");
        assert_eq!(forms[0].body(), "a=1+%26+2&b=&c=yes");
    }

    #[test]
    fn texts_and_links_are_read() {
        let html = r#"<h2>Tom &amp; Jerry</h2><p>x</p><h2>
        Two</h2> <h2><b>nested</b></h2><a class="c" href="/abort?a=1&amp;b=2">[ Cancel ]</a>"#;
        assert_eq!(texts(html, "h2"), ["Tom & Jerry", "Two"]);
        let links: Vec<_> = links(html).collect();
        assert_eq!(links, [("[ Cancel ]".to_owned(), "/abort?a=1&b=2".to_owned())]);
    }
}
