//! The picture of an authenticator app's secret.

use std::io::Cursor;

use png::{BitDepth, ColorType, Compression, Decoder, Encoder};

/// Writes a picture of grey pixels with one bit a pixel: a page with many methods stays small.
pub(crate) fn smaller(picture: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Decoder::new(Cursor::new(picture)).read_info().ok()?;
    let mut pixels = vec![0; reader.output_buffer_size()?];
    let shape = reader.next_frame(&mut pixels).ok()?;
    if (shape.color_type, shape.bit_depth) != (ColorType::Grayscale, BitDepth::Eight) {
        return None;
    }
    let eight = |part: &[u8]| {
        part.iter().zip([7, 6, 5, 4, 3, 2, 1, 0]).fold(0, |byte, (pixel, at)| byte | ((pixel >> 7) << at))
    };
    let rows = pixels.chunks(shape.line_size);
    let bits: Vec<u8> = rows.flat_map(|row| row.chunks(8).map(eight)).collect();
    let mut picture = Vec::new();
    let mut encoder = Encoder::new(&mut picture, shape.width, shape.height);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    encoder.set_compression(Compression::High);
    encoder.write_header().ok()?.write_image_data(&bits).ok()?;
    Some(picture)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::credential::{authenticator, new_totp_secret};

    #[test]
    fn a_picture_has_the_same_pixels_in_fewer_bytes() {
        let totp = authenticator(&new_totp_secret(), "ada@example.org").expect("an app");
        let large = totp.to_qr_png().expect("a picture");
        let small = smaller(&large).expect("a picture");
        assert!(small.len() * 2 < large.len(), "{} and {}", small.len(), large.len());
        let grey = |picture: &[u8]| {
            let mut decoder = Decoder::new(Cursor::new(picture.to_vec()));
            decoder.set_transformations(png::Transformations::EXPAND);
            let mut reader = decoder.read_info().expect("a picture");
            let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
            reader.next_frame(&mut pixels).expect("pixels");
            pixels
        };
        assert_eq!(grey(&small), grey(&large));
    }
}
