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
    /// Names and values of its buttons. One without a name has two empty texts.
    pub buttons: Vec<(String, String)>,
}

impl Form {
    /// The forms of a page, in order.
    #[must_use]
    pub fn read(html: &str) -> Vec<Self> {
        let mut forms: Vec<Self> = Vec::new();
        let mut open = false;
        for tag in tags(html) {
            let value = |name| tag.attribute(name).unwrap_or_default();
            match (tag.name, forms.last_mut()) {
                ("form", _) => {
                    open = true;
                    forms.push(Self {
                        action: value("action"),
                        method: value("method").to_ascii_uppercase(),
                        ..Self::default()
                    });
                }
                ("/form", _) => open = false,
                ("input", Some(form)) if open => form.fields.push((value("name"), value("value"))),
                ("button", Some(form)) if open => {
                    form.buttons.push((value("name"), value("value")));
                }
                _ => {}
            }
        }
        forms
    }

    /// Whether it has an input of that name.
    #[must_use]
    pub fn asks_for(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    /// Types a value into every input of that name.
    pub fn fill(&mut self, name: &str, value: &str) {
        for (_, current) in self.fields.iter_mut().filter(|(field, _)| field == name) {
            value.clone_into(current);
        }
    }

    /// Presses the button with that name and value: it becomes one of the fields.
    ///
    /// Returns whether there is such a button.
    pub fn press(&mut self, name: &str, value: &str) -> bool {
        let button = (name.to_owned(), value.to_owned());
        let found = self.buttons.contains(&button);
        if found {
            self.fields.push(button);
        }
        found
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
            <form method="post" action="/go"><input required name="a" value="{}">
            <button name="b" value="yes">Yes</button><button>Plain</button></form>
            <button name="c" value="outside">No</button>"#,
            escape(text)
        );
        let mut forms = Form::read(&html);
        assert_eq!(
            forms,
            [Form {
                action: "/go".to_owned(),
                method: "POST".to_owned(),
                fields: vec![("a".to_owned(), text.to_owned())],
                buttons: vec![("b".to_owned(), "yes".to_owned()), (String::new(), String::new())],
            }]
        );
        assert!(!forms[0].press("b", "no"));
        assert!(forms[0].press("b", "yes"));
        forms[0].fill("a", "1 & 2");
        assert_eq!(forms[0].body(), "a=1+%26+2&b=yes");
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
