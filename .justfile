# What is done often. `just` alone lists it.

default:
    @just --list --unsorted

# Open your own desk
run *WORDS:
    cargo run --release -- {{WORDS}}

# Open an invented school; nothing is kept
demo *WORDS:
    cargo run --release -- demo {{WORDS}}

# Every test, or those whose name holds the words
test *WORDS:
    cargo test {{WORDS}}

# Take the screens and the help as they are now for agreed
accept:
    UPDATE=1 cargo test

# What has to hold before anything is handed in
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --lib
    cargo test

# Play a script of keys and print its screens
play FILE:
    cargo run -- play {{FILE}}

# Put the key table, the screen and the tour into README
keys:
    UPDATE=1 cargo test --test it the_keys_the_screen_and_the_tour

# The program as it is handed out
release:
    cargo build --release --locked

# Measure against the floor
bench *WORDS:
    cargo bench {{WORDS}}

# Break one thing at every point or many times, as tests/README.md lists: `just faults inject save EIO`
faults KIND *WORDS:
    cargo build
    python3 tests/faults/{{KIND}}.py {{WORDS}}
