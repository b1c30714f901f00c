//! Tells the linker how this system loads an addon.

fn main() {
    napi_build::setup();
}
