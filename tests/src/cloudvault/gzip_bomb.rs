//! A small body that becomes a big one.

use flate2::{Compress, Compression, Crc, FlushCompress};

/// One gzip member whose deflate block for a mebibyte of zeros comes 256 times: a full flush ends
/// on a byte and starts from nothing, so the block can be repeated as it is.
pub(super) fn gzip_bomb() -> Vec<u8> {
    const REPETITIONS: u32 = 256;
    let zeros = vec![0; 1024 * 1024];
    let mut block = Vec::with_capacity(64 * 1024);
    Compress::new(Compression::best(), false)
        .compress_vec(&zeros, &mut block, FlushCompress::Full)
        .expect("zeros can be compressed");
    let mut one = Crc::new();
    one.update(&zeros);

    let mut bomb = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    let mut whole = Crc::new();
    for _ in 0..REPETITIONS {
        bomb.extend_from_slice(&block);
        whole.combine(&one);
    }
    // The last block is empty, and says that it is the last.
    bomb.extend_from_slice(&[0x03, 0x00]);
    bomb.extend_from_slice(&whole.sum().to_le_bytes());
    bomb.extend_from_slice(&whole.amount().to_le_bytes());
    bomb
}

#[cfg(test)]
mod tests {
    use std::io::sink;

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn the_bomb_is_well_formed_gzip() {
        let bomb = gzip_bomb();
        assert!(bomb.len() < 512 * 1024, "{}", bomb.len());
        let size = std::io::copy(&mut GzDecoder::new(bomb.as_slice()), &mut sink());
        assert_eq!(size.unwrap(), 256 * 1024 * 1024);
    }
}
