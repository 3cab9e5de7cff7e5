# SPDX-License-Identifier: MIT
# Writes the header that makes a call of a constructor say where it stands: for each function in HEADERS that takes
# (scope, id, ...), a macro of the same name that tells the scope the file and line of the call (construct_at). A macro does
# not expand itself, so that the function is called by it, and the header includes all of HEADERS before it defines any.
#
#     cmake -D OUTPUT=FILE -D ROOT=DIRECTORY -D "HEADERS=FILE;..." -P constructor_places.cmake
set(includes "")
set(macros "")
foreach(header IN LISTS HEADERS)
    file(RELATIVE_PATH name "${ROOT}" "${header}")
    string(APPEND includes "#include \"${name}\"\n")
    file(READ "${header}" text)
    string(REGEX REPLACE "[ \n]+" " " text "${text}")
    string(REGEX MATCHALL "[a-z0-9_]+\\( ?(struct stack \\*stack, )?struct construct \\*scope, const char \\*id," found "${text}")
    foreach(prototype IN LISTS found)
        string(REGEX REPLACE "\\(.*" "" function "${prototype}")
        if(prototype MATCHES "struct stack")
            set(first "stack, ")
        else()
            set(first "")
        endif()
        string(APPEND macros "#define ${function}(${first}scope, id, ...) "
            "${function}(${first}construct_at(scope, id, CONSTRUCT_PLACE), id, __VA_ARGS__)\n")
    endforeach()
endforeach()
file(WRITE "${OUTPUT}.new" "// Made by cmake/constructor_places.cmake.\n${includes}\n${macros}")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
file(REMOVE "${OUTPUT}.new")
file(TOUCH "${OUTPUT}")
