# SPDX-License-Identifier: MIT
# The libraries of the tango-infra program. What must know them (linking, the licences and the bill of materials of a package)
# takes them from here, so that a library comes or goes with one line.

# tango_library(PREFIX MODULE LICENSE SPDX-EXPRESSION PACKAGE NAME [UNLESS TEXT]): makes PkgConfig::PREFIX of the pkg-config
# module, the archive where the program is linked statically; without one the program is dynamic, and UNLESS says what helps.
# PACKAGE is Debian's, of the file that is linked: its copyright file is in share/doc/PACKAGE under the same prefix as the library.
macro(tango_library prefix module)
    cmake_parse_arguments(library "" "LICENSE;PACKAGE;UNLESS" "" ${ARGN})
    # Debian's development packages bring archives too.
    set(usual_suffixes ${CMAKE_FIND_LIBRARY_SUFFIXES})
    if(TANGO_STATIC)
        set(CMAKE_FIND_LIBRARY_SUFFIXES .a ${usual_suffixes})
    endif()
    # An archive may have come since the library was found.
    get_cmake_property(found CACHE_VARIABLES)
    list(FILTER found INCLUDE REGEX "^pkgcfg_lib_${prefix}_")
    foreach(variable IN LISTS found)
        if(TANGO_STATIC AND NOT "${${variable}}" MATCHES "\\.a$")
            unset(${variable} CACHE)
            unset(__pkg_config_checked_${prefix} CACHE)
        endif()
    endforeach()
    pkg_check_modules(${prefix} REQUIRED IMPORTED_TARGET ${module})
    set(CMAKE_FIND_LIBRARY_SUFFIXES ${usual_suffixes})
    list(GET ${prefix}_LINK_LIBRARIES 0 library_file)
    if(TANGO_STATIC AND NOT library_file MATCHES "\\.a$")
        message(STATUS "There is no archive of ${module}: tango-infra will be a dynamic program. ${library_UNLESS}")
        set(TANGO_STATIC OFF)
    endif()
    list(APPEND TANGO_LIBRARIES "${module}|${${prefix}_VERSION}|${library_LICENSE}|${library_PACKAGE}|${library_file}")
endmacro()

set(TANGO_STATIC_LIBRARIES ${CMAKE_SOURCE_DIR}/build/static-libraries CACHE PATH
    "Where script/build-static-libraries has put its archives")
if(TANGO_STATIC)
    set(ENV{PKG_CONFIG_PATH} "${TANGO_STATIC_LIBRARIES}/lib/pkgconfig:$ENV{PKG_CONFIG_PATH}")
endif()
set(TANGO_LIBRARIES "")
# Debian has no archive of cJSON; the first, since the others are as static as it is.
tango_library(CJSON libcjson LICENSE MIT PACKAGE libcjson-dev UNLESS "script/build-static-libraries cjson makes it.")
tango_library(YAML yaml-0.1 LICENSE MIT PACKAGE libyaml-dev)
tango_library(NETTLE nettle LICENSE "LGPL-3.0-or-later OR GPL-2.0-or-later" PACKAGE nettle-dev)
tango_library(MINIZIP minizip LICENSE Zlib PACKAGE libminizip-dev)
tango_library(PCRE2 libpcre2-8 LICENSE BSD-3-Clause PACKAGE libpcre2-dev)
tango_library(ZLIB zlib LICENSE Zlib PACKAGE zlib1g-dev)
set(TANGO_LINKS_STATIC ${TANGO_STATIC} CACHE INTERNAL "What has become of TANGO_STATIC")
