package handlers

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/gin-gonic/gin"

	"ashar/data"
)

// upload is a file that somebody sent, on the disk until it is closed.
type upload struct {
	*os.File
	name string
	size int64
}

// Close removes the file.
func (u *upload) Close() error {
	return errors.Join(u.File.Close(), os.Remove(u.Name()))
}

// uploadLasts is how long a file may take to arrive: the largest, over a slow
// line.
const uploadLasts = 20 * time.Minute

// receive reads a form with a file, which goes to the disk as it comes. The
// upload is nil where no file was chosen; the caller closes it.
func receive(c *gin.Context) (f *form, file *upload, err error) {
	// Where the deadline cannot be moved the server's own holds.
	_ = http.NewResponseController(c.Writer).SetReadDeadline(time.Now().Add(uploadLasts))
	parts, err := c.Request.MultipartReader()
	if err != nil {
		return nil, nil, errors.Join(data.ErrInvalid, err)
	}
	values := url.Values{}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			c.Request.PostForm = values
			return &form{c: c}, file, nil
		}
		if err == nil && part.FileName() != "" && file == nil {
			file, err = save(part)
		} else if err == nil {
			var value []byte
			value, err = io.ReadAll(io.LimitReader(part, maxForm))
			values.Add(part.FormName(), string(value))
		}
		if err != nil {
			if file != nil {
				err = errors.Join(err, file.Close())
			}
			return nil, nil, errorOfForm(err)
		}
	}
}

func save(part *multipart.Part) (*upload, error) {
	file, err := os.CreateTemp("", "ashar-import-*")
	if err != nil {
		return nil, err
	}
	u := &upload{File: file, name: part.FileName()}
	if u.size, err = io.Copy(file, part); err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, u.Close())
	}
	return u, nil
}
