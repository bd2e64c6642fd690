#!/busybox sh
# SPDX-License-Identifier: GPL-2.0-or-later
# First program of the lab's machine: puts the root file system together and hands over to it.
# PID 1 itself changes root: the kernel's own modprobe looks where PID 1 does.
/busybox mount -t proc proc /proc
/busybox mount -t devtmpfs dev /dev
while read -r module; do /busybox insmod "$module"; done < /order
nine() { /busybox mount -t 9p -o "$3,trans=virtio,version=9p2000.L,msize=512000,cache=$4" "$1" "$2"; }
nine host /host ro loose
nine guest /guest ro loose
nine kernel /kernel ro loose
/busybox mount -t tmpfs upper /upper
/busybox mkdir /upper/files /upper/work
/busybox mount -t overlay root /root \
  -o lowerdir=/kernel:/guest:/host,upperdir=/upper/files,workdir=/upper/work
/busybox mount -t tmpfs run /root/run
/busybox mkdir -p /root/run/lab
nine share /root/run/lab rw none
/busybox umount /proc
/busybox mount -o move /dev /root/dev
exec /busybox switch_root /root /bin/sh /run/lab/guest.sh
