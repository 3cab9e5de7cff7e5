# SPDX-License-Identifier: MIT
# The libraries of the tango-infra program. What must know them (linking, the licences and the bill of materials of a package)
# takes them from here, so that a library comes or goes with one line.

# tango_library(PREFIX MODULE LICENSE SPDX-EXPRESSION PACKAGE NAME): makes PkgConfig::PREFIX of the pkg-config module, the
# archive where the program is linked statically. PACKAGE is Debian's, of the file that is linked: its copyright file is
# in share/doc/PACKAGE under the same prefix as the library.
macro(tango_library prefix module)
    cmake_parse_arguments(library "" "LICENSE;PACKAGE" "" ${ARGN})
    # Debian's development packages bring archives too.
    set(usual_suffixes ${CMAKE_FIND_LIBRARY_SUFFIXES})
    if(TANGO_STATIC)
        set(CMAKE_FIND_LIBRARY_SUFFIXES .a ${usual_suffixes})
    endif()
    pkg_check_modules(${prefix} REQUIRED IMPORTED_TARGET ${module})
    set(CMAKE_FIND_LIBRARY_SUFFIXES ${usual_suffixes})
    list(GET ${prefix}_LINK_LIBRARIES 0 library_file)
    list(APPEND TANGO_LIBRARIES "${module}|${${prefix}_VERSION}|${library_LICENSE}|${library_PACKAGE}|${library_file}")
endmacro()

set(TANGO_LIBRARIES "")
tango_library(JANSSON jansson LICENSE MIT PACKAGE libjansson-dev)
tango_library(YAML yaml-0.1 LICENSE MIT PACKAGE libyaml-dev)
tango_library(NETTLE nettle LICENSE "LGPL-3.0-or-later OR GPL-2.0-or-later" PACKAGE nettle-dev)
tango_library(MINIZIP minizip LICENSE Zlib PACKAGE libminizip-dev)
tango_library(ZLIB zlib LICENSE Zlib PACKAGE zlib1g-dev)
