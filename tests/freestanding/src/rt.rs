//! What std and libc would have supplied.

use alloc::format;
use core::{arch::asm, panic::PanicInfo};

/// Writes one line to the standard output.
pub(crate) fn print(line: &str) {
    let line = format!("{line}\n");
    system_call(1, [1, line.as_ptr() as usize, line.len()]);
}

/// Ends the program.
pub(crate) fn exit(code: u8) -> ! {
    loop {
        system_call(60, [code.into(), 0, 0]);
    }
}

fn system_call(number: usize, [a, b, c]: [usize; 3]) -> usize {
    let result;
    // SAFETY: `write` reads the line that it is given, `exit` does not come back.
    unsafe {
        asm!(
            "syscall", inlateout("rax") number => result,
            in("rdi") a, in("rsi") b, in("rdx") c, out("rcx") _, out("r11") _,
        );
    }
    result
}

#[panic_handler]
fn panic(info: &PanicInfo<'_>) -> ! {
    print(&format!("{info}"));
    exit(101)
}

// The prebuilt core and alloc have landing pads that name these two, also where panics abort.

#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

#[unsafe(no_mangle)]
extern "C" fn _Unwind_Resume() -> ! {
    exit(102)
}

// The compiler calls the rest by name. They are written in assembly or with volatile reads, so
// that it does not turn their bodies into calls of themselves.

#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, count: usize) -> *mut u8 {
    // SAFETY: the caller vouches for both ranges.
    unsafe {
        asm!("rep movsb", inout("rcx") count => _, inout("rdi") to => _, inout("rsi") from => _);
    }
    to
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memmove(to: *mut u8, from: *const u8, count: usize) -> *mut u8 {
    if (to as usize).wrapping_sub(from as usize) >= count {
        // SAFETY: `to` does not begin inside the source, so copying upwards is safe.
        return unsafe { memcpy(to, from, count) };
    }
    let (last_to, last_from) = (to.wrapping_add(count - 1), from.wrapping_add(count - 1));
    // SAFETY: the caller vouches for both ranges; downwards, no octet is overwritten unread.
    unsafe {
        asm!(
            "std", "rep movsb", "cld",
            inout("rcx") count => _, inout("rdi") last_to => _, inout("rsi") last_from => _,
        );
    }
    to
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memset(to: *mut u8, octet: i32, count: usize) -> *mut u8 {
    // SAFETY: the caller vouches for the range.
    unsafe {
        asm!("rep stosb", inout("rcx") count => _, inout("rdi") to => _, in("al") octet as u8);
    }
    to
}

#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(a: *const u8, b: *const u8, count: usize) -> i32 {
    for index in 0..count {
        // SAFETY: the caller vouches for both ranges.
        let (x, y) = unsafe { (a.add(index).read_volatile(), b.add(index).read_volatile()) };
        if x != y {
            return i32::from(x) - i32::from(y);
        }
    }
    0
}

#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(a: *const u8, b: *const u8, count: usize) -> i32 {
    // SAFETY: as for `memcmp`.
    unsafe { memcmp(a, b, count) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn strlen(text: *const u8) -> usize {
    let mut length = 0;
    // SAFETY: the caller vouches for a zero octet at the end.
    while unsafe { text.add(length).read_volatile() } != 0 {
        length += 1;
    }
    length
}
