# SPDX-License-Identifier: MIT
# Lays out a function's package in STAGE and packs it: bootstrap, the shared libraries that it needs beyond glibc (which
# Lambda's provided.al2023 has), and the certificate authorities of AWS's endpoints and of RDS Proxy.
cmake_policy(VERSION 3.25)

# AWS documentation: "Amazon Trust Services"; RDS Proxy's certificates come from AWS Certificate Manager.
set(AUTHORITIES Amazon_Root_CA_1 Amazon_Root_CA_2 Amazon_Root_CA_3 Amazon_Root_CA_4
    Starfield_Services_Root_Certificate_Authority_-_G2)
set(AUTHORITY_DIRECTORY /usr/share/ca-certificates/mozilla)

file(REMOVE_RECURSE ${STAGE})
file(MAKE_DIRECTORY ${STAGE})
set(manifest "")
macro(stage name mode)
    string(APPEND manifest "${mode} ${name} ${STAGE}/${name}\n")
endmacro()

set(bundle "")
foreach(authority IN LISTS AUTHORITIES)
    file(READ ${AUTHORITY_DIRECTORY}/${authority}.crt certificate)
    string(APPEND bundle "${certificate}")
endforeach()
file(WRITE ${STAGE}/ca.pem "${bundle}")
stage(ca.pem 644)
# For those that reach the database without RDS Proxy (PGSSLROOTCERT).
file(COPY_FILE ${CMAKE_CURRENT_LIST_DIR}/rds-ca.pem ${STAGE}/rds-ca.pem)
stage(rds-ca.pem 644)

file(COPY_FILE ${BOOTSTRAP} ${STAGE}/bootstrap)
execute_process(COMMAND ${STRIP} ${STAGE}/bootstrap COMMAND_ERROR_IS_FATAL ANY)
stage(bootstrap 755)

file(GET_RUNTIME_DEPENDENCIES EXECUTABLES ${BOOTSTRAP} RESOLVED_DEPENDENCIES_VAR libraries
    PRE_EXCLUDE_REGEXES "^(libc|libm|libdl|libpthread|librt|libresolv|libanl|libutil)\\.so" "^ld-linux")
foreach(library IN LISTS libraries)
    cmake_path(GET library FILENAME name)
    file(REAL_PATH ${library} content)
    file(MAKE_DIRECTORY ${STAGE}/lib)
    file(COPY_FILE ${content} ${STAGE}/lib/${name})
    stage(lib/${name} 755)
endforeach()

file(WRITE ${STAGE}.manifest "${manifest}")
execute_process(COMMAND ${PACK} ${ZIP} ${STAGE}.manifest COMMAND_ERROR_IS_FATAL ANY)
