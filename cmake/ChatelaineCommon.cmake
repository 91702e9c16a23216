# One interface target carries the language standard, the warnings and Qt's strictness, so that no
# room can be built to a laxer rule than another.
add_library(chatelaine_common INTERFACE)
target_compile_features(chatelaine_common INTERFACE cxx_std_20)
target_include_directories(chatelaine_common INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_definitions(chatelaine_common INTERFACE
    QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII
    QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_URL_CAST_FROM_STRING
    QT_NO_FOREACH
    QT_NO_KEYWORDS
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_DISABLE_DEPRECATED_BEFORE=0x060400
    CHATELAINE_VERSION="${PROJECT_VERSION}"
    $<$<CONFIG:Release>:QT_NO_DEBUG_OUTPUT>)
target_compile_options(chatelaine_common INTERFACE
    -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Wold-style-cast
    -Wcast-qual -Woverloaded-virtual -Wimplicit-fallthrough
    -fno-omit-frame-pointer -fstack-protector-strong
    $<$<CONFIG:Debug>:-O0 -g1>
    # tl::expected behind a coroutine frame makes GCC 12 see uninitialised members that are not read.
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:-Wno-maybe-uninitialized>)
target_compile_definitions(chatelaine_common INTERFACE
    $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>
    $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
target_link_options(chatelaine_common INTERFACE LINKER:--as-needed LINKER:-z,relro)

set(CHATELAINE_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize takes them")
if(CHATELAINE_SANITIZE)
    target_compile_options(chatelaine_common INTERFACE -fsanitize=${CHATELAINE_SANITIZE}
                           -fno-sanitize-recover=all)
    target_link_options(chatelaine_common INTERFACE -fsanitize=${CHATELAINE_SANITIZE})
    # Qt's own vtables are not visible to UBSan across the library boundary.
    if(CHATELAINE_SANITIZE MATCHES undefined)
        target_compile_options(chatelaine_common INTERFACE -fno-sanitize=vptr)
    endif()
endif()

# libFuzzer comes with Clang; scripts/fuzz builds with it.
option(CHATELAINE_FUZZ "Build the fuzzers (needs Clang)" OFF)
if(CHATELAINE_FUZZ)
    # Clang 14 can't check the types of functions where there are coroutines.
    target_compile_options(chatelaine_common INTERFACE -fsanitize=fuzzer-no-link
                           -fno-sanitize=function)
    if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 15)
        # Clang 14 has coroutines and does not say so, and <coroutine> believes it.
        target_compile_definitions(chatelaine_common INTERFACE __cpp_impl_coroutine=201902L)
    endif()
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD AND NOT CHATELAINE_SANITIZE)
    target_link_options(chatelaine_common INTERFACE -fuse-ld=mold)
endif()

set(CMAKE_AUTOMOC ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

# chatelaine_room(NAME SOURCES ... USES ...): one room of core/ as a static library.
function(chatelaine_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;USES" ${ARGN})
    add_library(chatelaine_${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(chatelaine_${name} PUBLIC chatelaine_common ${ROOM_USES})
endfunction()

# All executables of app/ and nothing of the tests: what scripts/run builds.
add_custom_target(programs)

# chatelaine_program(NAME SOURCES ... USES ...): one executable of app/.
function(chatelaine_program name)
    cmake_parse_arguments(PROGRAM "" "" "SOURCES;USES" ${ARGN})
    add_executable(${name} ${PROGRAM_SOURCES})
    target_link_libraries(${name} PRIVATE chatelaine_common ${PROGRAM_USES})
    add_dependencies(programs ${name})
    install(TARGETS ${name} RUNTIME)
endfunction()

# What scripts/test builds with sanitizers, beside the programs.
add_custom_target(unit_and_flow_tests)

# chatelaine_test(NAME SOURCES ... USES ... [KEYRING] [TIMEOUT s]): one Qt Test executable.
# KEYRING runs it under a D-Bus session of its own with a real, unlocked gnome-keyring; SCREEN on an
# X server of its own; SMALL_DISK with a home on a file system that is soon full.
function(chatelaine_test name)
    cmake_parse_arguments(TEST "KEYRING;SCREEN;SMALL_DISK" "TIMEOUT" "SOURCES;USES;LABELS" ${ARGN})
    add_executable(${name} ${TEST_SOURCES})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_link_libraries(${name} PRIVATE chatelaine_common Qt6::Test ${TEST_USES})
    if("unit" IN_LIST TEST_LABELS OR "flow" IN_LIST TEST_LABELS)
        add_dependencies(unit_and_flow_tests ${name})
    endif()
    if(NOT TEST_TIMEOUT)
        set(TEST_TIMEOUT 120)
    endif()
    set(wrapper "")
    if(TEST_KEYRING)
        set(wrapper ${PROJECT_SOURCE_DIR}/tests/support/with-keyring)
    elseif(TEST_SMALL_DISK)
        set(wrapper ${PROJECT_SOURCE_DIR}/tests/support/with-small-disk)
    endif()
    if(TEST_SCREEN)
        list(PREPEND wrapper ${PROJECT_SOURCE_DIR}/tests/support/with-screen)
    endif()
    add_test(NAME ${name} COMMAND ${wrapper} $<TARGET_FILE:${name}>)
    set(line ${name})
    foreach(file ${TEST_SOURCES})
        cmake_path(ABSOLUTE_PATH file NORMALIZE)
        string(APPEND line " ${file}")
    endforeach()
    set_property(GLOBAL APPEND PROPERTY CHATELAINE_TESTS ${line})
    set_tests_properties(${name} PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS "${TEST_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;CHATELAINE_BIN=${CMAKE_BINARY_DIR}/bin;CHATELAINE_SOURCE=${PROJECT_SOURCE_DIR};ASAN_OPTIONS=detect_leaks=0;UBSAN_OPTIONS=print_stacktrace=1")
endfunction()
