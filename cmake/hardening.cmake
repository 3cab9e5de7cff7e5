# SPDX-License-Identifier: MIT
# What every program is compiled and linked with: position independence, the protections of compiler and linker, and no
# name of a directory of this machine in what comes out. All of it goes through the target `flags`.
include(CheckCCompilerFlag)
include(CheckCSourceCompiles)
include(CheckLinkerFlag)
include(CheckPIESupported)

option(TANGO_WERROR "Treat warnings of the compiler as errors: on in the presets for development, and in script/test" OFF)
if(TANGO_WERROR)
    target_compile_options(flags INTERFACE -Werror)
endif()

# Messages of assertions and debug information name files as seen from the top level, also where a compiler cache makes
# the names of files relative to the build.
file(RELATIVE_PATH top ${CMAKE_BINARY_DIR} ${CMAKE_SOURCE_DIR})
string(REGEX REPLACE "/$" "" top "${top}")
target_compile_options(flags INTERFACE -ffile-prefix-map=${CMAKE_SOURCE_DIR}=. -ffile-prefix-map=${CMAKE_BINARY_DIR}=build
    -ffile-prefix-map=${top}=.)

set(CMAKE_POSITION_INDEPENDENT_CODE ON)
check_pie_supported(LANGUAGES C)

set(protections -fstack-protector-strong -fstack-clash-protection)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
    list(APPEND protections -fcf-protection=full)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
    list(APPEND protections -mbranch-protection=standard)
endif()
foreach(protection IN LISTS protections)
    string(MAKE_C_IDENTIFIER "HAVE${protection}" have)
    check_c_compiler_flag(${protection} ${have})
    if(${have})
        target_compile_options(flags INTERFACE ${protection})
    endif()
endforeach()

# Checked string functions need optimization. Sanitizers bring checks of their own, and miss what the checked functions do.
if(NOT TANGO_SANITIZE AND NOT TANGO_FUZZ AND NOT TANGO_COVERAGE)
    target_compile_options(flags INTERFACE $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE>
        $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=3>)
endif()

foreach(protection -z,relro -z,now -z,noexecstack -z,separate-code)
    string(MAKE_C_IDENTIFIER "HAVE_LINKER_${protection}" have)
    check_linker_flag(C "LINKER:${protection}" ${have})
    if(${have})
        target_link_options(flags INTERFACE "LINKER:${protection}")
    endif()
endforeach()

# tango_link_release(TARGET): statically, and at an address of the system's choice all the same.
function(tango_link_release target)
    if(NOT TANGO_STATIC)
        return()
    endif()
    set(CMAKE_REQUIRED_LINK_OPTIONS -static-pie)
    check_c_source_compiles("int main(void) { return 0; }" HAVE_STATIC_PIE)
    if(HAVE_STATIC_PIE)
        target_link_options(${target} PRIVATE -static-pie)
        # Without the property, CMake adds neither -pie, which undoes it, nor -no-pie.
        set_property(TARGET ${target} PROPERTY POSITION_INDEPENDENT_CODE)
        target_compile_options(${target} PRIVATE -fPIE)
    else()
        target_link_options(${target} PRIVATE -static)
    endif()
endfunction()
