// SPDX-License-Identifier: MIT
// Linked with the whole of one layer and with nothing but what that layer may call.

int main(void)
{
    return 0;
}
