# SPDX-License-Identifier: MIT
# Calls of constructors in stacks say in which file and line they stand (see construct_place in cdk/construct.h).
file(GLOB constructor_headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/include/cdk/*.h ${CMAKE_SOURCE_DIR}/include/aws/*.h)
set(places ${CMAKE_BINARY_DIR}/generated/constructor_places.h)
add_custom_command(OUTPUT ${places}
    COMMAND ${CMAKE_COMMAND} -D OUTPUT=${places} -D ROOT=${CMAKE_SOURCE_DIR}/include "-DHEADERS=${constructor_headers}"
        -P ${CMAKE_SOURCE_DIR}/cmake/constructor_places.cmake
    DEPENDS ${constructor_headers} ${CMAKE_SOURCE_DIR}/cmake/constructor_places.cmake
    COMMENT "Writing constructor_places.h" VERBATIM)
target_sources(stacks PRIVATE ${places})
target_compile_options(stacks PRIVATE "SHELL:-include ${places}")
