// SPDX-License-Identifier: GPL-3.0-or-later

// Linked into a program, this takes the place of the C library's free() and realloc(): what is given
// back to the heap is overwritten first. A secret on its way passes through buffers of Qt's, of
// OpenSSL's and of the keychain's library that nobody but their owner could wipe; they all end here.
// The sanitizers have a heap of their own.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <malloc.h>

extern "C" {

void __libc_free(void *memory); // glibc's own

// Larger pieces are mapped for themselves and go back to the system.
static constexpr size_t largest = 4 * 1024 * 1024;

void free(void *memory) noexcept
{
    if (!memory)
        return;
    if (const size_t size = malloc_usable_size(memory); size <= largest)
        explicit_bzero(memory, size);
    __libc_free(memory);
}

void *realloc(void *memory, size_t size) noexcept
{
    if (!memory)
        return malloc(size);
    if (size == 0) {
        free(memory);
        return nullptr;
    }
    const size_t before = malloc_usable_size(memory);
    // It stays where it is while it wastes no more than half.
    if (size <= before && size >= before / 2)
        return memory;
    void *moved = malloc(size);
    if (!moved)
        return nullptr;
    std::memcpy(moved, memory, std::min(before, size));
    free(memory);
    return moved;
}
}

#endif
