//! Spotify.

use super::Preset;

/// Spotify.
///
/// ```
/// use grantflow::preset::SPOTIFY;
///
/// let native = SPOTIFY.public("5fe01282e94241328a84e7c5cc169164")?.build()?;
/// # Ok::<(), grantflow::Error>(())
/// ```
pub const SPOTIFY: Preset = Preset::new(
    "Spotify",
    "https://accounts.spotify.com/authorize",
    "https://accounts.spotify.com/api/token",
);
