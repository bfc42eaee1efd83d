//! Each preset against replies of the shape that its provider sends.

mod plain;
mod replies;
mod requests;
mod rewrites;
mod scene;
mod table;
mod templates;
