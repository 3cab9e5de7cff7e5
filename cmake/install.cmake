# SPDX-License-Identifier: MIT
# What `cmake --install` lays out: the program, manual pages, shell completions, documents, licences and the bill of materials;
# the functions' packages come from functions/. script/package makes packages of the same files.
if(TANGO_SANITIZE OR TANGO_FUZZ OR TANGO_COVERAGE)
    return()
endif()

# Manual pages and completions are what the program says of itself.
set(COMMANDS_TABLE ${CMAKE_SOURCE_DIR}/src/cli/core/commands.def)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${COMMANDS_TABLE})
file(STRINGS ${COMMANDS_TABLE} commands REGEX "^COMMAND\\(")
list(TRANSFORM commands REPLACE "^COMMAND\\(\"([^\"]*)\".*" "\\1")
set(documents ${CMAKE_BINARY_DIR}/documents)
file(MAKE_DIRECTORY ${documents})
set(made "")
# add_document(FILE ARGUMENT...): what the program prints when it is called so.
function(add_document file)
    add_custom_command(OUTPUT ${documents}/${file}
        COMMAND tango-infra ${ARGN} > ${documents}/${file}
        DEPENDS tango-infra VERBATIM)
    set(made ${made} ${documents}/${file} PARENT_SCOPE)
endfunction()
add_document(tango-infra.1 help --man)
foreach(command IN LISTS commands)
    add_document(tango-infra-${command}.1 help ${command} --man)
endforeach()
set(manuals ${made})
foreach(shell bash zsh fish)
    add_document(completion.${shell} completion ${shell})
endforeach()
add_custom_target(documents ALL DEPENDS ${made})

install(FILES ${manuals} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
set(TANGO_ZSH_COMPLETIONS ${CMAKE_INSTALL_DATADIR}/zsh/site-functions CACHE STRING "Where zsh looks for completions; Debian's own is share/zsh/vendor-completions")
install(FILES ${documents}/completion.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME tango-infra)
install(FILES ${documents}/completion.zsh DESTINATION ${TANGO_ZSH_COMPLETIONS} RENAME _tango-infra)
install(FILES ${documents}/completion.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d RENAME tango-infra.fish)
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES CHANGELOG.md SECURITY.md DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.md" PATTERN "*.json" PATTERN "*.yml")

# What a static program holds of the C library and of the compiler.
set(runtime "")
if(TANGO_STATIC)
    foreach(archive libc.a libgcc.a)
        execute_process(COMMAND ${CMAKE_C_COMPILER} -print-file-name=${archive} OUTPUT_VARIABLE file OUTPUT_STRIP_TRAILING_WHITESPACE)
        list(APPEND runtime_files ${file})
    endforeach()
    list(GET runtime_files 0 libc)
    list(GET runtime_files 1 libgcc)
    list(APPEND runtime "glibc||LGPL-2.1-or-later|libc6-dev|${libc}")
    list(APPEND runtime "libgcc||GPL-3.0-or-later WITH GCC-exception-3.1|libgcc-12-dev|${libgcc}")
endif()
install(CODE "
    set(SOURCE_DIRECTORY \"${CMAKE_SOURCE_DIR}\")
    set(WORK \"${CMAKE_BINARY_DIR}/materials\")
    set(VERSION \"${PROJECT_VERSION}\")
    set(LIBRARIES \"${TANGO_LIBRARIES};${runtime}\")
    set(PREFIX \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}\")
    set(PROGRAM \"${CMAKE_INSTALL_BINDIR}/tango-infra\")
    set(FUNCTIONS \"${CMAKE_INSTALL_DATADIR}/tango-infra/functions\")
    set(DOCUMENTS \"${CMAKE_INSTALL_DOCDIR}\")
    include(\"${CMAKE_SOURCE_DIR}/cmake/materials.cmake\")
")
