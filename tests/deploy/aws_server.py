#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The AWS CLI (version 1), loaded once: each call is a fork, so that a test can make hundreds of them.

Usage: aws_server.py SOCKET                   serves
       aws_server.py SOCKET call ARGUMENT...  is `aws ARGUMENT...`

The caller hands over its arguments, environment, folder and standard streams. Its end ends the call, and the other way
round.
"""
import array
import gc
import json
import os
import signal
import socket
import struct
import sys

# What is loaded before anybody asks.
SERVICES = ["cloudformation", "s3api", "sts", "ssm"]
WARM = [
    ("cloudformation", "describe-stacks"), ("s3api", "list-objects-v2"), ("sts", "get-caller-identity"), ("ssm", "get-parameter"),
]


def load():
    """The AWS CLI with everything read and parsed that does not depend on who asks, where, and for what."""
    import awscli.clidriver

    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for service, operation in WARM:  # what is imported late; a driver remembers its operations, so this one goes
        awscli.clidriver.create_clidriver().main([service, operation, "--generate-cli-skeleton"])
    sys.stdout.flush()
    os.dup2(out, 1)
    os.close(out)
    driver = awscli.clidriver.create_clidriver()
    commands = driver._get_command_table()
    for service in SERVICES:
        commands[service]._get_command_table()
        driver.session.create_client(
            "s3" if service == "s3api" else service, "us-east-1", aws_access_key_id="none", aws_secret_access_key="none")
    forget_caller(driver.session)
    gc.collect()
    gc.freeze()
    return driver


def forget_caller(session):
    """Settings are to be read again: the next caller has another environment and another home."""
    session._config = None
    session._profile_map = None
    session._credentials = None
    session._profile = None


def receive(connection):
    """The request and the caller's standard streams."""
    fds = array.array("i")
    data, ancillary, _, _ = connection.recvmsg(65536, socket.CMSG_SPACE(3 * fds.itemsize))
    for level, kind, content in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            fds.frombytes(content)
    length = struct.unpack("I", data[:4])[0]
    data = data[4:]
    while len(data) < length:
        data += connection.recv(65536)
    return json.loads(data), list(fds)


def run(driver, request, fds):
    gc.disable()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(request["cwd"])
    data_path = os.environ["AWS_DATA_PATH"]  # the AWS CLI has set it for itself
    os.environ.clear()
    os.environ.update(request["environment"], AWS_DATA_PATH=data_path)
    for target, fd in enumerate(fds):
        os.dup2(fd, target)
    sys.argv = ["aws", *request["arguments"]]
    try:
        status = driver.main(request["arguments"])
    except SystemExit as end:
        status = end.code
    except KeyboardInterrupt:
        status = 130
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status or 0)


def serve_one(driver, connection):
    """In a process of its own: one more for the call, and this one watches the caller."""
    os.setsid()
    request, fds = receive(connection)
    child = os.fork()
    if child == 0:
        connection.close()
        run(driver, request, fds)
    for fd in fds:
        os.close(fd)

    def on_end(*_):
        _, status = os.waitpid(child, 0)
        try:
            connection.sendall(struct.pack("I", os.waitstatus_to_exitcode(status) & 0xFF))
        except OSError:
            pass
        os._exit(0)

    signal.signal(signal.SIGCHLD, on_end)
    if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        on_end()
    connection.recv(1)  # nothing ever comes but the end
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    os.kill(child, signal.SIGKILL)
    os._exit(0)


def serve(path):
    driver = load()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path + ".new")
    listener.listen(64)
    os.rename(path + ".new", path)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            serve_one(driver, connection)
        connection.close()


def call(path, arguments):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(path)
    request = json.dumps({"arguments": arguments, "environment": dict(os.environ), "cwd": os.getcwd()}).encode()
    fds = array.array("i", [0, 1, 2])
    data = struct.pack("I", len(request)) + request
    sent = connection.sendmsg([data], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])
    connection.sendall(data[sent:])
    answer = connection.recv(4)
    return struct.unpack("I", answer)[0] if len(answer) == 4 else 255


if __name__ == "__main__":
    if sys.argv[2:3] == ["call"]:
        sys.exit(call(sys.argv[1], sys.argv[3:]))
    serve(sys.argv[1])
