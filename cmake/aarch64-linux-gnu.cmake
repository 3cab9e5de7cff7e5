# SPDX-License-Identifier: MIT
# Builds for 64-bit ARM on another machine, by Debian's cross compiler with the libraries that script/cross-libraries has fetched.
# What the build itself runs (the compiler of the schema, the generator of the audit schema) runs in QEMU.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)

set(TANGO_CROSS_LIBRARIES ${CMAKE_CURRENT_LIST_DIR}/../build/libraries-aarch64 CACHE PATH "Where script/cross-libraries has put the libraries")
get_filename_component(cross_libraries ${TANGO_CROSS_LIBRARIES} ABSOLUTE)
set(TANGO_STATIC_LIBRARIES ${cross_libraries}/usr CACHE PATH "Where the archives are that Debian does not have")
if(NOT EXISTS ${cross_libraries}/complete)
    message(FATAL_ERROR "the libraries for aarch64 are not in ${cross_libraries}: run script/cross-libraries")
endif()
set(ENV{PKG_CONFIG_LIBDIR} ${cross_libraries}/usr/lib/pkgconfig:${cross_libraries}/usr/lib/aarch64-linux-gnu/pkgconfig)
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES TANGO_CROSS_LIBRARIES)

find_program(TANGO_QEMU NAMES qemu-aarch64-static qemu-aarch64 REQUIRED)
set(CMAKE_CROSSCOMPILING_EMULATOR ${TANGO_QEMU} -L /usr/aarch64-linux-gnu)
