# SPDX-License-Identifier: GPL-2.0-or-later
# Second program of the lab's machine, still PID 1: the file systems a system has, then the command.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t debugfs debug /sys/kernel/debug
mkdir -p /dev/pts /dev/shm
mount -t devpts -o mode=620,ptmxmode=666 pts /dev/pts
ln -sfn /proc/self/fd /dev/fd
. /run/lab/environment
# A fresh /tmp would hide a checkout inside it.
mkdir /run/kept
number=0
for folder in $LAB_KEPT; do
  number=$((number + 1)); mkdir /run/kept/$number
  mount --bind "$folder" /run/kept/$number
done
for folder in /tmp /var/tmp /dev/shm; do mount -t tmpfs -o mode=1777 tmp $folder; done
number=0
for folder in $LAB_KEPT; do
  number=$((number + 1)); mkdir -p "$folder"
  mount --move /run/kept/$number "$folder"
done
for name in messagebus systemd-network; do
  grep -q "^$name:" /etc/passwd || echo "$name:x:990:990::/nonexistent:/usr/sbin/nologin" >> /etc/passwd
  grep -q "^$name:" /etc/group || echo "$name:x:990:" >> /etc/group
done
ip link set lo up
dmesg --follow-new > /run/lab/dmesg 2>&1 &
cd "$LAB_FOLDER"
setsid --wait sh /run/lab/command < /dev/null > /run/lab/output 2>&1
echo $? > /run/lab/status.new
mv /run/lab/status.new /run/lab/status
sync
echo o > /proc/sysrq-trigger
# Nothing can be read any more while the devices go: not even another program.
while :; do :; done
